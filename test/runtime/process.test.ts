import { readFileSync } from "node:fs";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { CommandError, Interrupted } from "../../runtime/errors";
import { run, runOrThrow } from "../../runtime/process";
import { identify } from "../../runtime/process-tree";
import { Redactor } from "../../runtime/redactor";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const SECRET = "very-secret-value";
const folder = temporaryFolder();
const env = { PATH: process.env.PATH ?? "" };

function shell(script: string, more: object = {}) {
  return { command: "/bin/sh", args: ["-c", script], env, redactor: new Redactor([SECRET]), ...more };
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** A sleep that no other process on the machine is. */
function pidsIn(lines: readonly string[]): number[] {
  return lines.filter((line) => /^\d+$/.test(line)).map(Number);
}

describe("a program that ends by itself", () => {
  test("gives its exit code and its standard output", async () => {
    const result = await run(shell("echo out; echo error >&2; exit 3"));
    expect(result).toMatchObject({ code: 3, stdout: "out" });
    expect(result.tail).toEqual(expect.arrayContaining(["out", "error"]));
  });

  test("leaves no known secret in its log, its output, or what it says", async () => {
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    const result = await run(shell(`printf 'a ${SECRET}\\n'; echo ${SECRET} >&2`, { logFile: folder("log"), onLine }));
    const everything = [readFileSync(folder("log"), "utf8"), result.stdout, ...result.tail, ...lines].join("\n");
    expect(everything).toContain("a [redacted]");
    expect(everything).not.toContain(SECRET);
  });

  test("fails with the end of its output and the path of its log", async () => {
    const failing = runOrThrow("the work", shell("echo no such thing; exit 4", { logFile: folder("log") }));
    const error: unknown = await failing.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({
      message: "the work failed with exit code 4",
      tail: ["no such thing"],
      logFile: folder("log"),
    });
  });

  test("that is not there is named", async () => {
    const missing = run({ command: folder("missing"), args: [], env, redactor: new Redactor() });
    await expect(missing).rejects.toThrow(`cannot run ${folder("missing")}`);
  });

  test("sees only the environment that it is given", async () => {
    process.env.POSTAZIONI_TEST_CANARY = "seen";
    const { stdout } = await run(shell('echo "[$POSTAZIONI_TEST_CANARY]"'));
    delete process.env.POSTAZIONI_TEST_CANARY;
    expect(stdout).toBe("[]");
  });
});

describe("a program whose lines cannot be kept", () => {
  const LONG = "echo one; sleep 0.3; echo two; sleep 0.3";

  test("runs to its end, and then its listener's failure is told", async () => {
    const onLine = (line: string): void => {
      if (line === "one") throw new Error("no space left");
    };
    await expect(run(shell(`${LONG}; echo end > ${folder("end")}`, { onLine }))).rejects.toThrow("no space left");
    expect(readFileSync(folder("end"), "utf8")).toBe("end\n");
  });

  test("runs to its end, and then it is told that there is no log", async () => {
    const logged = run(shell(`${LONG}; echo end > ${folder("end")}`, { logFile: "/dev/full" }));
    await expect(logged).rejects.toThrow(/^the log \/dev\/full cannot be written: ENOSPC/);
    expect(readFileSync(folder("end"), "utf8")).toBe("end\n");
  });
});

describe("a program that is interrupted", () => {
  async function interrupted(script: string, graceMs: number): Promise<number[]> {
    const controller = new AbortController();
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      if (line === "ready") controller.abort(new Interrupted());
    };
    await expect(run(shell(script, { signal: controller.signal, onLine, graceMs }))).rejects.toThrow(Interrupted);
    return pidsIn(lines);
  }

  test("leaves no process behind, not even one in a session of its own", async () => {
    const pids = await interrupted("setsid sleep 300 & echo $!; sleep 300 & echo $!; echo $$; echo ready; wait", 300);
    expect(pids).toHaveLength(3);
    expect(pids.map(identify)).toEqual([undefined, undefined, undefined]);
  });

  test("is ended without asking when it ignores the signal", async () => {
    const pids = await interrupted("trap '' INT TERM; echo $$; echo ready; while :; do sleep 0.1; done", 300);
    expect(pids).toHaveLength(1);
    expect(pids.map(identify)).toEqual([undefined]);
  });

  test.each([
    ["forward by an hour", 3600_000],
    ["forward by a year", 365 * 24 * 3600_000],
    ["back by an hour", -3600_000],
  ])("has all its time where the clock jumps %s meanwhile", async (_how, jumpMs) => {
    const { now } = Date;
    const since = performance.now();
    jest.spyOn(Date, "now").mockImplementation(() => now() + (performance.now() - since > 300 ? jumpMs : 0));
    const lines: string[] = [];
    const controller = new AbortController();
    const onLine = (line: string) => {
      lines.push(line);
      if (line === "ready") controller.abort(new Interrupted());
    };
    const slow = "trap 'sleep 1; echo ended; exit' INT; echo ready; while :; do sleep 0.05; done";
    const options = { signal: controller.signal, onLine, graceMs: 60_000 };
    await expect(run(shell(slow, options))).rejects.toThrow(Interrupted);
    expect(lines).toEqual(["ready", "ended"]);
  });

  test("gets the signal once and all its time, and once more where nothing is waited for any more", async () => {
    const [controller, forced] = [new AbortController(), new AbortController()];
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      if (line === "ready") controller.abort(new Interrupted());
      if (line === "asked 1")
        setTimeout(() => {
          forced.abort();
        }, 300);
    };
    const counting =
      "n=0; trap 'n=$((n+1)); echo asked $n; test $n = 2 && exit' INT; echo ready; while :; do sleep 0.05; done";
    const options = { signal: controller.signal, forced: forced.signal, onLine, graceMs: 60_000 };
    await expect(run(shell(counting, options))).rejects.toThrow(Interrupted);
    expect(lines).toEqual(["ready", "asked 1", "asked 2"]);
  });

  test("is not started at all when the interruption came before", async () => {
    const signal = AbortSignal.abort(new Interrupted());
    await expect(run(shell(`touch ${folder("made")}`, { signal }))).rejects.toThrow(Interrupted);
    expect(() => readFileSync(folder("made"))).toThrow("ENOENT");
  });
});
