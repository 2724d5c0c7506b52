import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { explain, runCommand } from "../../cli/run-command";
import { jestCounts } from "../../cli/jest-run";
import { afterCleanUp, CommandError, InputError, Interrupted } from "../../runtime/errors";
import { nameCommand } from "../../runtime/failure";
import { REPOSITORY } from "../../runtime/paths";
import { VaultError } from "../../vault/client";
import { portTrouble } from "../../lab/free-port";

let said: string[];
const before = process.exitCode;

beforeEach(() => {
  said = [];
  nameCommand("postazioni");
  jest.spyOn(console, "error").mockImplementation((line: unknown) => void said.push(String(line)));
});

afterEach(() => {
  const logs = said.flatMap((line) => /the log with the stack: (\S+)$/.exec(line)?.[1] ?? []);
  for (const log of logs) rmSync(dirname(log), { recursive: true });
  jest.restoreAllMocks();
  process.exitCode = before;
});

describe("what went wrong", () => {
  test("is told with the end of the log and its place", () => {
    expect(explain(new CommandError("cdktf failed", "/log", ["Error: no"]))).toBe(1);
    expect(said).toEqual(["  Error: no", "cdktf failed", "The whole log: /log"]);
  });

  test("in Vault, or in an answer that is not as expected, is told without a stack", () => {
    const { error } = z.object({ data: z.string() }).safeParse({ data: 1 });
    expect([explain(new VaultError(403, "GET sys/mounts: 403 permission denied")), explain(error)]).toEqual([1, 1]);
    expect(said).toEqual([
      "Vault: GET sys/mounts: 403 permission denied",
      expect.stringMatching(/^An answer has an unexpected form:\n.*expected string.*\n.*data/),
    ]);
  });

  test.each([
    "ENOSPC: no space left on device, write",
    "EDQUOT: disk quota exceeded, write",
    "EROFS: read-only file system",
  ])("on a disk that takes nothing more is told as that, and as no fault of the program: %s", (message) => {
    expect(explain(Object.assign(new Error(message), { code: message.split(":", 1)[0] }))).toBe(1);
    expect(said).toEqual([
      `postazioni ended, as a file could not be written (${message}): make room, and type it again`,
    ]);
  });

  test("by a fault of the program is told with the place of its stack", () => {
    expect(explain(new TypeError("x is not a function"))).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(
        /^postazioni failed unexpectedly: TypeError: x is not a function; the log with the stack: \S+$/,
      ),
    ]);
  });

  test("in a command line is bad input", () => {
    expect(explain(new InputError("no such city"))).toBe(2);
  });

  test("in the work and in the clean-up after it is told both, and the first decides", async () => {
    const both = await afterCleanUp(new InputError("no such city"), () => Promise.reject(new Error("still there")));
    expect(explain(both)).toBe(2);
    expect(said).toEqual(["no such city", expect.stringContaining("still there")]);
    expect(await afterCleanUp(new CommandError("only this"), () => Promise.resolve())).toMatchObject({
      message: "only this",
    });
  });
});

describe("an interrupted command", () => {
  async function interruptedWith(error: () => Promise<Error>): Promise<void> {
    await runCommand(async (signal) => {
      process.emit("SIGINT", "SIGINT");
      expect(signal.aborted).toBe(true);
      throw await error();
    });
  }

  test("ends with 130 and says nothing more", async () => {
    await interruptedWith(() => Promise.resolve(new Interrupted()));
    expect(process.exitCode).toBe(130);
    expect(said).toEqual(["Stopping everything that was started"]);
  });

  test("whose clean-up failed says so, and ends with 130 all the same", async () => {
    const stop = () => Promise.reject(new CommandError("the lab was not stopped wholly: OpenBao"));
    await interruptedWith(() => afterCleanUp(new Interrupted(), stop));
    expect(process.exitCode).toBe(130);
    expect(said).toContain("the lab was not stopped wholly: OpenBao");
  });
});

describe("a command that is asked to end again", () => {
  async function asked(signals: readonly (readonly [NodeJS.Signals, number])[]): Promise<boolean> {
    const words = { first: "Waiting", again: "At once" };
    let now = 0;
    jest.spyOn(performance, "now").mockImplementation(() => now);
    let isForced = false;
    await runCommand((_signal, forced) => {
      for (const [signal, at] of signals) {
        now = at;
        process.emit(signal, signal);
      }
      isForced = forced.aborted;
      throw new Interrupted();
    }, words);
    return isForced;
  }

  test.each(["SIGINT", "SIGTERM"] as const)(
    "by %s waits for nothing more, and ends as the first time says",
    async (again) => {
      expect(
        await asked([
          ["SIGINT", 0],
          [again, 5000],
        ]),
      ).toBe(true);
      expect(said).toEqual(["Waiting", "At once"]);
      expect(process.exitCode).toBe(130);
    },
  );

  test("goes on waiting where npm passes the same Ctrl-C on", async () => {
    expect(
      await asked([
        ["SIGINT", 0],
        ["SIGINT", 40],
      ]),
    ).toBe(false);
    expect(said).toEqual(["Waiting"]);
  });

  test("goes on waiting where its terminal has gone", async () => {
    expect(
      await asked([
        ["SIGHUP", 0],
        ["SIGHUP", 5000],
      ]),
    ).toBe(false);
    expect(process.exitCode).toBe(129);
  });
});

describe("a port", () => {
  test.each([
    ["EADDRINUSE", "port 80 is taken"],
    ["EACCES", "port 80 may not be used by this user (the system keeps low ones)"],
    ["EADDRNOTAVAIL", "port 80 cannot be used (listen EADDRNOTAVAIL)"],
  ])("that cannot be listened on for %s is told as such", (code, text) => {
    expect(portTrouble(80, Object.assign(new Error(`listen ${code}`), { code }))).toBe(text);
  });
});

describe("jest's report", () => {
  const [name, at] = [join(REPOSITORY, "test", "some.test.ts"), join("test", "some.test.ts")];
  const passed = { fullName: "a seat is made", status: "passed", failureMessages: [] };
  const failed = {
    ...passed,
    fullName: "a seat is removed",
    status: "failed",
    failureMessages: ["Expected: 1\nReceived: 2"],
  };
  const file = { name, status: "passed", message: "", assertionResults: [passed] };
  const report = { numPassedTests: 3, numPendingTests: 1, testResults: [file] };

  test("counts a bad exit code as a failure where no test failed, for example in a clean-up after all of them", () => {
    expect(jestCounts(report, 0)).toEqual({ passed: 3, failed: [], skipped: 1 });
    expect(jestCounts(report, 1).failed).toEqual(["the runner ended with exit code 1"]);
  });

  test("names each test that failed, and why", () => {
    const testResults = [{ ...file, status: "failed", assertionResults: [passed, failed] }];
    expect(jestCounts({ ...report, testResults }, 1).failed).toEqual([
      `${at}: a seat is removed\nExpected: 1\nReceived: 2`,
    ]);
  });

  test("names a file that could not be run", () => {
    const message = ["Cannot find module './gone'", ...Array.from({ length: 40 }, () => "at require")].join("\n");
    const testResults = [{ ...file, status: "failed", message, assertionResults: [] }];
    const [said] = jestCounts({ ...report, testResults }, 1).failed;
    expect(said?.split("\n")).toHaveLength(13);
    expect(said).toContain(`${at}\nCannot find module './gone'`);
  });
});
