import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { oneOf } from "../fixtures/soak";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const LIMIT_MS = 120_000;
const SMALL_PREVIEW = ["preview", "valchiara", "--environments", "examples/small/environments"];

/**
 * Runs what follows its first two words in a terminal of its own, waits for a file where the second names one, closes the terminal, and
 * prints how the command ended: as shells count it. With "deaf" the system sends no SIGHUP: the terminal does not control the session; without a file it is
 * gone before the command begins.
 */
const TERMINAL = `
import os, pty, signal, subprocess, sys, time
hearing, file, command = sys.argv[1], sys.argv[2], sys.argv[3:]
master, slave = pty.openpty()
def control():
    os.setsid()
    if hearing == "hears":
        import fcntl, termios
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
if hearing == "deaf" and file == "": os.close(master)
child = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, preexec_fn=control, close_fds=True)
os.close(slave)
while file != "" and not os.path.exists(file): time.sleep(0.05)
if hearing == "hears" or file != "": os.close(master)
code = child.wait()
print(code if code >= 0 else 128 - code)
`;

function codeOf(hearing: "hears" | "deaf", file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const command = [process.execPath, join(REPOSITORY, "cli/bootstrap.mjs"), ...args];
  const options = { encoding: "utf8", cwd: REPOSITORY, env: { ...process.env, CI: undefined, ...env } } as const;
  const { stdout, stderr } = spawnSync("python3", ["-c", TERMINAL, hearing, file, ...command], options);
  expect(stderr).toBe("");
  return stdout.trim();
}

describe("a terminal that goes away", () => {
  test.each(
    oneOf(2, [
      ["hears", "validate"],
      ["hears", "report network milan"],
      ["deaf", "report network milan"],
      ["deaf", "validate"],
    ] as const),
  )(
    "ends a quick command with 129, also where the first that tells it is a write (%s): %s",
    (hearing, typed) => {
      expect(codeOf(hearing, "", typed.split(" "))).toBe("129");
    },
    LIMIT_MS,
  );

  test.each(["hears", "deaf"] as const)(
    "ends a slow command with 129 and what it started, by the signal or by the next line of progress (%s)",
    (hearing) => {
      writeFileSync(folder("terraform"), `#!/bin/sh\necho $$ >> ${folder("started")}\nexec sleep 300\n`);
      chmodSync(folder("terraform"), 0o755);
      const env = { TERRAFORM_BINARY_NAME: folder("terraform"), CDKTF_OUTPUT: folder("cdktf.out"), NO_COLOR: "1" };
      expect(codeOf(hearing, folder("started"), SMALL_PREVIEW, env)).toBe("129");
      const started = readFileSync(folder("started"), "utf8").trim().split("\n");
      expect(started.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    },
    LIMIT_MS,
  );
});
