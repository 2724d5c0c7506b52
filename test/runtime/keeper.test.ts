import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import { identify, isRunning } from "../../runtime/process-tree";
import type { ProcessIdentity } from "../../runtime/process-tree";
import { temporaryFolder } from "../lab-unit/temporary-folder";
import { eventually } from "../fixtures/eventually";

const folder = temporaryFolder();

/** A process such as jest or a lab's runner, that runs a script of this file's. */
function owner(script: string): ChildProcess {
  const program = `
    const { keepFolder } = require("./runtime/keeper.ts");
    const { run } = require("./runtime/process.ts");
    const { Redactor } = require("./runtime/redactor.ts");
    const sh = (script) => run({ command: "/bin/sh", args: ["-c", script], env: process.env, redactor: new Redactor(),
      onLine: (line) => console.log(line) });
    const { mkdirSync } = require("node:fs");
    ${script}`;
  return spawn(process.execPath, ["-r", "tsx/cjs", "-e", program], {
    cwd: REPOSITORY,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function processesOf(child: ChildProcess, count: number): Promise<ProcessIdentity[]> {
  const found: ProcessIdentity[] = [];
  if (child.stdout === null) return found;
  for await (const line of createInterface({ input: child.stdout })) {
    const identity = identify(Number(line));
    if (identity !== undefined) found.push(identity);
    if (found.length === count) break;
  }
  return found;
}

describe("what a process started", () => {
  test("ends when that process is killed, also what has left its session or does not heed a signal", async () => {
    const stubborn = "trap '' INT TERM HUP; echo $$; while :; do sleep 0.1; done";
    const child = owner(`void sh(\`setsid sleep 300 & echo $!; sleep 300 & echo $!; ${stubborn}\`);`);
    const started = await processesOf(child, 3);
    expect(started).toHaveLength(3);
    child.kill("SIGKILL");
    await eventually(() => !started.some(isRunning));
    expect(started.filter(isRunning)).toEqual([]);
  });

  test("ends too when it had a parent that is gone already", async () => {
    const child = owner("void sh(`(sleep 300 & echo $!) ; sleep 1; sleep 300`);");
    const started = await processesOf(child, 1);
    child.kill("SIGINT");
    await eventually(() => !started.some(isRunning));
    expect(started).toHaveLength(1);
  });
});

describe("a program that needs its time", () => {
  /** Says when it is asked, and ends a while later, as Terraform does when it has written its state. */
  const SLOW =
    "trap 'echo asked >> $LOG' TERM; echo $$; for i in 1 2 3 4 5 6 7 8; do sleep 1; done; echo ended >> $LOG";

  test("is asked once, its children by it alone, and has as long as its owner said", async () => {
    const child = owner(`
      process.env.LOG = ${JSON.stringify(folder("log"))};
      void run({ command: "/bin/sh", args: ["-c", ${JSON.stringify(`(${SLOW}) & ${SLOW}; wait`)}], env: process.env,
        redactor: new Redactor(), graceMs: 30_000, onLine: (line) => console.log(line) });`);
    const started = await processesOf(child, 2);
    child.kill("SIGKILL");
    await eventually(() => !started.some(isRunning));
    expect(readFileSync(folder("log"), "utf8").split("\n").sort()).toEqual(["", "asked", "ended", "ended"]);
  });
});

describe("a kept folder", () => {
  const USE = (path: string) =>
    `mkdirSync(${JSON.stringify(path)}); const keeper = keepFolder(${JSON.stringify(path)});`;

  test("is removed when its owner is killed", async () => {
    const child = owner(`${USE(folder("tmp"))} console.log(process.pid); setInterval(() => {}, 1000);`);
    await processesOf(child, 1);
    expect(existsSync(folder("tmp"))).toBe(true);
    child.kill("SIGKILL");
    await eventually(() => !existsSync(folder("tmp")));
    expect(existsSync(folder("tmp"))).toBe(false);
  });

  test("stays when it was released, and lets its owner end by itself", async () => {
    mkdirSync(folder("other"));
    const child = owner(`${USE(folder("tmp"))} keeper.release();`);
    expect(await once(child, "exit")).toEqual([0, null]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(existsSync(folder("tmp"))).toBe(true);
  });
});
