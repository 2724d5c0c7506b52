import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { tryLock, waitForLock } from "../../runtime/lock";
import { identify } from "../../runtime/process-tree";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();

describe("a lock", () => {
  test("is held by one at a time, and free again once it was given back", () => {
    const release = tryLock(folder("lock"));
    expect(tryLock(folder("lock"))).toBeUndefined();
    release?.();
    expect(tryLock(folder("lock"))).toBeDefined();
  });

  test("of a process that has ended is taken over", () => {
    const { pid } = spawnSync("/bin/true");
    writeFileSync(folder("lock"), JSON.stringify({ pid, startTime: "1" }));
    expect(tryLock(folder("lock"))).toBeDefined();
  });

  test("of a process whose id another one has now is taken over", () => {
    writeFileSync(folder("lock"), JSON.stringify({ pid: process.pid, startTime: "an earlier time" }));
    expect(tryLock(folder("lock"))).toBeDefined();
  });

  test("of a process that runs stays", () => {
    writeFileSync(folder("lock"), JSON.stringify(identify(process.ppid)));
    expect(tryLock(folder("lock"))).toBeUndefined();
  });

  test("with nonsense in it is taken over", () => {
    writeFileSync(folder("lock"), "nonsense");
    expect(tryLock(folder("lock"))).toBeDefined();
  });

  test("of a process that was killed while it took one over is taken over too", () => {
    const { pid } = spawnSync("/bin/true");
    for (const name of ["lock", "lock.takeover"]) writeFileSync(folder(name), JSON.stringify({ pid, startTime: "1" }));
    expect(tryLock(folder("lock"))).toBeDefined();
    expect(existsSync(folder("lock.takeover"))).toBe(false);
  });

  test("stays while another process takes it over", () => {
    const { pid } = spawnSync("/bin/true");
    writeFileSync(folder("lock"), JSON.stringify({ pid, startTime: "1" }));
    writeFileSync(folder("lock.takeover"), JSON.stringify(identify(process.ppid)));
    expect(tryLock(folder("lock"))).toBeUndefined();
  });

  test("is waited for, and the wait is told once", async () => {
    const release = tryLock(folder("lock"));
    let told = 0;
    const waiting = waitForLock(folder("lock"), undefined, () => {
      told += 1;
      setTimeout(() => release?.(), 10);
    });
    (await waiting)();
    expect(told).toBe(1);
    expect(existsSync(folder("lock"))).toBe(false);
  });
});
