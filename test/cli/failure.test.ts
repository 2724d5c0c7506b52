import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { mapConcurrently } from "../../runtime/map-concurrently";
import { REPOSITORY } from "../../runtime/paths";
import { endOf, startApp, startCommand } from "../fixtures/command";
import type { Ended } from "../fixtures/command";
import { oneOf, soakTest } from "../fixtures/soak";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const SECRET = "hvs.verySecretToken";
const LOG = /; the log with the stack: (\S+)$/m;
const MESSAGE = 'TypeError: x is\\u{1b}[2J no "[redacted]"';
const LIMIT_MS = 600_000;
const folder = temporaryFolder();

const COMMANDS = [
  ...[
    "validate",
    "schema",
    "lab",
    "preflight",
    "preview",
    "drift",
    "apply",
    "pipeline",
    "rehearse",
    "report",
    "proof",
    "secrets",
  ],
  ...["check", "test", "bench"],
];

/** What is typed of commands that read a city's file, and what their failure calls them. */
const ON_CITIES: readonly (readonly [typed: string, name: string])[] = [
  ["validate", "validate"],
  ["preflight milan", "preflight milan"],
  ["preview milan", "preview milan"],
  ["drift milan", "drift milan"],
  ["pipeline with-login milan plan -- true", "pipeline with-login milan"],
  ["rehearse milan", "rehearse milan"],
  ["report network milan", "report network milan"],
  ["report deployment milan", "report deployment milan"],
  ["proof milan", "proof milan"],
  ["secrets first milan", "secrets first milan"],
  ["secrets init milan --manager", "secrets init milan"],
  ["secrets authority revoke milan 0a:0b", "secrets authority revoke milan"],
];

/** Runs a command in whose process something is broken, as test/fixtures/faults.cjs has it. */
async function broken(typed: string, variables: NodeJS.ProcessEnv): Promise<Ended> {
  const faults = join(REPOSITORY, "test", "fixtures", "faults.cjs");
  const env = { NODE_OPTIONS: `--require ${faults}`, TMPDIR: folder("tmp"), VAULT_TOKEN: SECRET, ...variables };
  mkdirSync(folder("tmp"), { recursive: true });
  return endOf(startCommand(typed.split(" "), env));
}

/** One sentence that says what failed, no stack, no secret, and exit code 1. @returns the log, which nobody else may read */
function logOf(ended: Ended, name: string, message = MESSAGE): string {
  const told = ended.err.split("\n").filter((line) => line.includes("failed unexpectedly"));
  expect(told).toEqual([expect.stringContaining(`${name} failed unexpectedly: ${message}; the log with the stack: `)]);
  expect(ended.code).toBe(1);
  expect(ended.err).not.toMatch(/^ +at /m);
  const [, file = ""] = LOG.exec(ended.err) ?? [];
  expect([file, dirname(file)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
  const log = readFileSync(file, "utf8");
  expect(ended.err + ended.out + log).not.toContain(SECRET);
  return log;
}

describe("a failure that nobody foresaw is one sentence, a log and exit code 1", () => {
  test(
    "where a module of a command cannot be loaded",
    async () => {
      await mapConcurrently(oneOf(6, COMMANDS), 2, undefined, async (command) => {
        const log = logOf(await broken(command, { FAULT: "module", FAULT_OF: "zod" }), command);
        expect(log).toMatch(/^\w+\nNode v\d+\.\d+\.\d+\n\nTypeError: x is[^]*\n +at [^]*\nCaused by: Error: of \[/);
      });
    },
    LIMIT_MS,
  );

  test(
    "where a city's file is read by any command, which it names with the city and no other argument",
    async () => {
      await mapConcurrently(oneOf(6, ON_CITIES), 2, undefined, async ([typed, name]) => {
        expect(logOf(await broken(typed, { FAULT: "file" }), name)).toContain("environments/");
      });
    },
    LIMIT_MS,
  );

  test.each(
    oneOf(2, [
      ["timer", MESSAGE],
      ["rejection", MESSAGE],
      ["thrown", "a value of the type object was thrown"],
    ] as const),
  )("beside the command's own course: %s", async (FAULT, message) => {
    expect(logOf(await broken("validate", { FAULT }), "validate", message)).toContain("Node v");
  });

  test("where the program cannot be loaded", async () => {
    const ended = await broken("validate", { FAULT: "module", FAULT_OF: "commander", VAULT_TOKEN: "" });
    expect(ended).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/^postazioni could not start: x is.*\n$/),
    });
  });

  test("where the app is started by cdktf", async () => {
    const variables = { FAULT: "file", NODE_OPTIONS: `--require ${join(REPOSITORY, "test/fixtures/faults.cjs")}` };
    const ended = await endOf(startApp({ ...variables, VAULT_TOKEN: SECRET, TMPDIR: folder() }));
    expect(logOf(ended, "synthesis")).toContain("environments/deployed.ts");
  });

  soakTest("also where the log cannot be written, which the sentence says", async () => {
    writeFileSync(folder("file"), "");
    const ended = await broken("validate", { FAULT: "timer", TMPDIR: folder("file") });
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(
      /^(?:2 files: no violations\n)?validate failed unexpectedly: .*; its log could not be written \(ENOTDIR: .*\)\n$/,
    );
  });
});

test("a failure beside the course of a command stops what it started before the command ends with 1", async () => {
  writeFileSync(folder("terraform"), `#!/bin/sh\necho $$ >> ${folder("started")}\nexec sleep 300\n`);
  chmodSync(folder("terraform"), 0o755);
  const ended = await broken("preview valchiara --environments examples/small/environments", {
    ...{ FAULT: "appears", FAULT_OF: folder("started"), CDKTF_OUTPUT: folder("cdktf.out") },
    TERRAFORM_BINARY_NAME: folder("terraform"),
  });
  logOf(ended, "preview valchiara");
  const started = readFileSync(folder("started"), "utf8").trim().split("\n");
  expect(started.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});
