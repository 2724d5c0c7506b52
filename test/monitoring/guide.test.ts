import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { REPOSITORY } from "../../runtime/paths";
import { edited } from "../fixtures/city-edits";
import { CITIES, copyAssignments } from "../fixtures/city-files";
import { MONITORING } from "../fixtures/monitoring";
import { typedHere } from "../fixtures/typed-here";

const GUIDE = readFileSync(join(REPOSITORY, "docs", "guides", "monitoring.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "monitoring-guide-"));
const environments = mkdtempSync(join(tmpdir(), "monitored-"));

afterAll(() => {
  for (const path of [folder, environments]) rmSync(path, { recursive: true });
});

/** The guide's section of the file. */
function section(): unknown {
  const text = /```yaml\n([^]*?)```/.exec(GUIDE)?.[1] ?? "";
  return (parse(text) as { monitoring?: unknown }).monitoring;
}

test("the guide's section is what the other tests have", () => {
  expect(section()).toEqual(parse(MONITORING));
});

test("its configuration is written and checked with the guide's commands", async () => {
  copyAssignments(environments);
  for (const city of ["milan", "catania"]) {
    const text = readFileSync(join(CITIES, `${city}.yaml`), "utf8");
    writeFileSync(
      join(environments, `${city}.yaml`),
      city === "milan" ? edited(text, { "+monitoring": section() }) : text,
    );
  }
  const commands = (/## Write the configuration\n\n```sh\n([^]*?)```/.exec(GUIDE)?.[1] ?? "").trim().split("\n");
  const [report = "", ...checks] = commands.map((line) => line.replace("npm run report -- ", "report "));
  const args = [...report.split(" ").slice(0, -1), join(folder, "monitoring"), "--environments", environments];
  expect(await typedHere(args)).toMatchObject({ code: 0 });
  writeFileSync(join(folder, "monitoring", "vault-token"), "");
  expect(checks).toHaveLength(2);
  for (const check of checks) {
    const [program = "", ...rest] = check.split(" ");
    expect(execFileSync(program, rest, { cwd: folder, encoding: "utf8" })).toContain("SUCCESS");
  }
});

test("a city without the section is told what to add", async () => {
  const { code, err } = await typedHere([
    "report",
    "monitoring",
    "catania",
    "--out",
    folder,
    "--environments",
    environments,
  ]);
  expect(code).toBe(2);
  expect(err).toContain("catania has no monitoring: say in its file who answers alerts (docs/guides/monitoring.md)");
});
