import { chmodSync, closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { endOf, startCommand } from "../fixtures/command";
import { temporaryFolder } from "../lab-unit/temporary-folder";
import { eventually } from "../fixtures/eventually";
import { oneOf, soakTest } from "../fixtures/soak";

const folder = temporaryFolder();
/** A small city, where its size is not what matters. */
const SMALL = "examples/small/environments";
const VALIDATE = `validate ${SMALL}/valchiara.yaml`;
const REPORT = "report network milan --format csv";
const LIMIT_MS = 120_000;

/** A shell's line in which `command` is the repository's; the exit codes of a pipe's programs are its last line. */
function bash(line: string, variables: NodeJS.ProcessEnv = {}) {
  const script = `command() { "${process.execPath}" "${join(REPOSITORY, "cli/bootstrap.mjs")}" "$@"; }; ${line}`;
  const env = { ...process.env, CI: "", ...variables };
  return spawnSync("bash", ["-c", script], { encoding: "utf8", env, cwd: REPOSITORY });
}

/** A Terraform that does nothing for minutes, and writes its process's id down. */
function slowTerraform(): NodeJS.ProcessEnv {
  writeFileSync(folder("terraform"), `#!/bin/sh\necho $$ >> ${folder("started")}\nexec sleep 300\n`);
  chmodSync(folder("terraform"), 0o755);
  return { TERRAFORM_BINARY_NAME: folder("terraform"), CDKTF_OUTPUT: folder("cdktf.out") };
}

async function started(): Promise<string[]> {
  // A shell makes the file before it writes into it.
  const written = (): string => (existsSync(folder("started")) ? readFileSync(folder("started"), "utf8").trim() : "");
  await eventually(() => written() !== "");
  return written().split("\n");
}

describe("a pipe that nobody reads", () => {
  test.each(
    oneOf(2, [
      [`command ${VALIDATE} | true`, "0 0"],
      [`command ${REPORT} | head -1 >/dev/null`, "0 0"],
      [`command ${REPORT} 2>&1 | true`, "0 0"],
      [`command validate nothing.yaml 2>&1 | true`, "2 0"],
      [`command report network nowhere 2>&1 | true`, "2 0"],
    ]),
  )(
    "leaves the exit code and says nothing: %s",
    (line, codes) => {
      const { stdout, stderr } = bash(`${line}; echo "\${PIPESTATUS[*]}"`);
      expect(stdout).toBe(`${codes}\n`);
      expect(stderr).not.toMatch(/EPIPE|^ +at /m);
    },
    LIMIT_MS,
  );

  test(
    "and outputs that are closed from the start leave it too",
    () => {
      const { stdout } = bash(`command ${VALIDATE} >&- 2>&-; echo $?; command validate nothing.yaml >&-; echo $?`);
      expect(stdout).toBe("0\n2\n");
    },
    LIMIT_MS,
  );
});

describe("output that cannot be written", () => {
  test.each(
    oneOf(2, [
      ["validate", `command ${VALIDATE} > /dev/full`],
      ["report network milan", `command ${REPORT} > /dev/full`],
    ] as const),
  )(
    "on a full disk is told in one sentence, with exit code 1: %s",
    (name, line) => {
      const { status, stderr } = bash(line);
      expect(status).toBe(1);
      expect(stderr.split("\n").filter((text) => text !== "1 file: no violations")).toEqual([
        expect.stringMatching(`^${name}: standard output cannot be written: ENOSPC: .*$`),
        "",
      ]);
    },
    LIMIT_MS,
  );

  soakTest(
    "as errors on a full disk ends with 1 all the same",
    () => {
      expect(bash(`command ${VALIDATE} > /dev/full 2> /dev/full`).status).toBe(1);
      expect(bash(`command ${VALIDATE} 2> /dev/full`).status).toBe(1);
    },
    LIMIT_MS,
  );

  soakTest(
    "but for its beginning is told too, as a file that may not grow",
    () => {
      const { status, stderr } = bash(`ulimit -f 2; command ${REPORT} > ${folder("report.csv")}`);
      expect(statSync(folder("report.csv")).size).toBe(2048);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(/^report network milan: standard output cannot be written: EFBIG: .*\n$/),
      });
    },
    LIMIT_MS,
  );
});

describe("a preview whose Terraform is slow", () => {
  test.each(
    oneOf(3, [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const),
  )(
    "ends it by %s, and itself with %d",
    async (signal, code) => {
      const child = startCommand(["preview", "valchiara", "--environments", SMALL], slowTerraform());
      const ended = endOf(child);
      const running = await started();
      child.kill(signal);
      expect(await ended).toMatchObject({ code, err: expect.stringContaining("Stopping everything that was started") });
      expect(running.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    "goes on while nobody reads what it says, and is ended by a signal as ever",
    async () => {
      const full = openSync("/dev/null", "w");
      const child = startCommand(["preview", "valchiara", "--environments", SMALL], slowTerraform(), [
        "ignore",
        full,
        "pipe",
      ]);
      child.stderr?.destroy();
      const ended = endOf(child);
      const running = await started();
      child.kill("SIGTERM");
      expect(await ended).toMatchObject({ code: 143 });
      closeSync(full);
      expect(running.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    },
    LIMIT_MS,
  );
});
