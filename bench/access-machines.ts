import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Progress } from "../runtime/progress";
import type { Member } from "../segmentation/gateway";
import { accessCityWith } from "../test/fixtures/access-city";
import { AccessLab } from "../test/network/access-lab";
import { table } from "./table";

/** Of more the lab's router finds no way to: the kernel's first namespace knows 1,024 neighbours. */
const SEATS = [250, 500, 1000];
const MS = 1000;
const AT_A_TIME = 50;
/** Linux counts processor time in hundredths of a second, memory in pages of 4 KiB. */
const [TICKS, PAGES_A_MIB] = [100, 256];
const POOL = "remoto";
/** Places in /proc/PID/stat behind the program's name: time of the user, of the kernel, pages in memory. */
const [USER, KERNEL, RESIDENT] = [11, 12, 21];

/**
 * People at floating seats through one access machine of a pair in network namespaces, stubs for seats: what a login costs HAProxy,
 * which is what a busy machine leaves comparable, and how much memory the sessions take.
 */
export async function benchAccessMachines(progress: Progress, signal: AbortSignal): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const seats of SEATS) {
    signal.throwIfAborted();
    rows.push(await progress.step(`${String(seats)} floating seats`, () => filled(seats)));
  }
  return table([HEAD, ...rows]);
}

const HEAD = [
  "seats",
  "seconds until all are known",
  "people seated",
  "logins a second",
  "HAProxy's CPU a login, ms",
  "HAProxy's memory, MiB",
];

/** Fills all seats of a pool, as in the morning. */
async function filled(seats: number): Promise<(string | number)[]> {
  const lab = await AccessLab.start(accessCityWith({ anagrafe: 1, [POOL]: seats }));
  try {
    await Promise.all([lab.has(0), lab.has(1)]);
    const member = await lab.master();
    const known = await untilKnown(lab, member, seats);
    const pid = /^Pid: (\d+)$/m.exec(await lab.runtime(member, "show info"))?.[1] ?? "";
    const before = used(pid);
    const { seated, seconds } = await lab.ask({ do: "hold", name: POOL, count: seats, at_a_time: AT_A_TIME });
    const after = used(pid);
    const cost = ((after.seconds - before.seconds) * MS) / Number(seated);
    return [
      ...[seats, known, Number(seated), Math.round(Number(seated) / Number(seconds))],
      ...[Number(cost.toFixed(2)), Math.round(after.mib)],
    ];
  } finally {
    await lab.close();
  }
}

/** At its first start HAProxy asks for the address of each seat, some at a time. @returns seconds until the machine has all */
async function untilKnown(lab: AccessLab, member: Member, seats: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const state = await lab.runtime(member, `show servers state ${POOL}`);
    const known = state.split("\n").filter((line) => / po-rem-\d+ \d+\.\S+ 2 /.test(line));
    if (known.length === seats) return Math.round((performance.now() - began) / MS);
    await setTimeout(MS);
  }
}

/** Processor time and memory of HAProxy's process. @param inside its number in the lab's namespace of processes */
function used(inside: string): { seconds: number; mib: number } {
  const isIt = (pid: string): boolean =>
    new RegExp(String.raw`^Name:\thaproxy$[^]*^NSpid:.*\t${inside}$`, "m").test(textOf(pid, "status"));
  const pid = readdirSync("/proc").find((name) => /^\d+$/.test(name) && isIt(name));
  if (pid === undefined) throw new Error("HAProxy does not run");
  const fields = textOf(pid, "stat")
    .replace(/^.*\) \S /, "")
    .split(" ")
    .map(Number);
  const at = (place: number): number => fields[place - 1] ?? NaN;
  return { seconds: (at(USER) + at(KERNEL)) / TICKS, mib: at(RESIDENT) / PAGES_A_MIB };
}

/** A process may have ended meanwhile. */
function textOf(pid: string, file: string): string {
  try {
    return readFileSync(join("/proc", pid, file), "utf8");
  } catch {
    return "";
  }
}
