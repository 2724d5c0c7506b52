import { afterAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOverlay } from "../../environments/load-overlay";

const folder = mkdtempSync(join(tmpdir(), "overlay-"));
const file = join(folder, "overlay.json");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const REPAIR =
  "allowed: an overlay that npm run lab -- up wrote; repair: run npm run lab -- up again, or unset POSTAZIONI_OVERLAY";

test.each([
  ["no JSON", '{"endpoints":', `${file}:1:1: the lab's overlay is no JSON; ${REPAIR}`],
  ["nothing", "", `${file}:1:1: the lab's overlay is no JSON; ${REPAIR}`],
  ["another key", '{"endpoints":{},"pools":[]}', `${file}:1:1: Unrecognized key: "pools"; ${REPAIR}`],
  ["no endpoints", "{}", `${file}:1:1: endpoints: Invalid input: expected record, received undefined; ${REPAIR}`],
])("an overlay with %s is told with its file", (_what, text, message) => {
  writeFileSync(file, text);
  expect(() => loadOverlay(file)).toThrow(message);
});

test("an overlay that is not there, or a folder, is told too", () => {
  for (const path of [join(folder, "none.json"), folder])
    expect(() => loadOverlay(path)).toThrow(
      `${path}:1:1: the lab's overlay, which POSTAZIONI_OVERLAY names, cannot be read; ${REPAIR}`,
    );
});
