import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { sharedPaths } from "../../../lab/paths";
import type { SharedPaths } from "../../../lab/paths";
import { installPythonTool, pythonToolPath } from "../../../lab/tools/python-tool";
import { tryLock } from "../../../runtime/lock";
import { temporaryFolder } from "../temporary-folder";

const SILENT = { signal: undefined, say: () => undefined };
const own = { ...process.env };
const path = temporaryFolder();

/** A `python3` that notes its calls. */
beforeEach(() => {
  mkdirSync(path("bin"));
  mkdirSync(path("pins"));
  writeFileSync(path("pins", "requirements.txt"), "");
  writeFileSync(path("bin", "python3"), `#!/bin/sh\necho "$@" >> "${path("calls")}"\n`, { mode: 0o755 });
  process.env.PATH = [path("bin"), own.PATH].join(delimiter);
});

afterEach(() => {
  process.env = { ...own };
});

function folders(): SharedPaths {
  return { ...sharedPaths(), tools: path("tools"), logs: path("tools", "logs"), lock: path("tools", "install.lock") };
}

test("a Python tool is fetched while the lab's tools are built, and once by two that want it", async () => {
  const shared = folders();
  const tool = { noun: "Nothing", name: "nothing", pins: path("pins") };
  const building = tryLock(shared.lock);
  await Promise.all([installPythonTool(tool, SILENT, shared), installPythonTool(tool, SILENT, shared)]);
  expect(existsSync(pythonToolPath(tool, shared))).toBe(true);
  expect(readFileSync(path("calls"), "utf8").trim().split("\n")).toHaveLength(1);
  expect(existsSync(shared.lock)).toBe(true);
  building?.();
});
