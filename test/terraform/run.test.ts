import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { Redactor } from "../../runtime/redactor";
import { errorsOf, runTerraform } from "../../terraform/run";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
/** JSON writes it otherwise than it is. */
const SECRET = 'pa"ss\\word-123';

/** Runs a Terraform that prints some lines and ends with a code. */
async function ran(lines: readonly (string | object)[], code = 1, secrets: readonly string[] = []) {
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  writeFileSync(folder("printed"), text);
  writeFileSync(folder("terraform"), `#!/bin/sh\ncat ${folder("printed")}\nexit ${String(code)}\n`);
  chmodSync(folder("terraform"), 0o755);
  const said: string[] = [];
  const env = { PATH: process.env.PATH ?? "" };
  const where = { command: folder("terraform"), env, redactor: new Redactor(secrets), logFile: folder("log") };
  const run = await runTerraform(["plan"], { ...where, say: (line) => said.push(line) });
  return { errors: errorsOf(run), said, log: readFileSync(folder("log"), "utf8") };
}

test("a log that a full disk does not take is an error that says so, once Terraform has ended", async () => {
  writeFileSync(folder("terraform"), `#!/bin/sh\necho one\necho two\ntouch ${folder("ended")}\n`);
  chmodSync(folder("terraform"), 0o755);
  const env = { PATH: process.env.PATH ?? "" };
  const where = { command: folder("terraform"), env, redactor: new Redactor(), logFile: "/dev/full" };
  await expect(runTerraform(["plan"], where)).rejects.toThrow(/^\/dev\/full cannot be written: .*ENOSPC/);
  expect(existsSync(folder("ended"))).toBe(true);
});

test("a secret that JSON writes otherwise is taken out of all that is told", async () => {
  const diagnostic = { severity: "error", summary: "no login", detail: `with ${SECRET}` };
  const told = await ran([{ "@message": `Error: with ${SECRET}`, diagnostic }], 1, [SECRET]);
  expect(told).toEqual({
    errors: ["no login: with [redacted]"],
    said: ["Error: with [redacted]"],
    log: "Error: with [redacted]\nwith [redacted]\n",
  });
});

test("of a secret at the end of what is told of an error, no beginning is left", async () => {
  const diagnostic = { severity: "error", summary: "x".repeat(590), detail: SECRET };
  const { errors } = await ran([{ "@message": "Error", diagnostic }], 1, [SECRET]);
  expect(errors[0]).not.toContain('pa"');
});

test.each([
  [["╷", "│ Error: no such option", "│ ", "│ -bogus", "╵"], "no such option"],
  [["Error: no such option", "Usage:", "  terraform plan -help", ""], "no such option"],
  [["not found", "", "╵"], "not found"],
  [[], "Terraform ended without a word"],
])("an error that is no message is the last that was said: %j", async (lines, error) => {
  expect((await ran(lines)).errors).toEqual([error]);
});

test("what ended well has no errors", async () => {
  expect((await ran(["Error: it was none"], 0)).errors).toEqual([]);
});

test("a state that could be written nowhere is kept, for its owner alone", async () => {
  const { log } = await ran([{ "@message": "Emergency state dump", state: { serial: 7 } }]);
  const kept = folder("log.tfstate");
  expect(JSON.parse(readFileSync(kept, "utf8"))).toEqual({ serial: 7 });
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect(log).toBe("Emergency state dump\n");
});
