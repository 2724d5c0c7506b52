import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessLab } from "../test/network/access-lab";

/** Linux counts processor time in hundredths of a second, memory in pages of 4 KiB. */
const [TICKS, PAGES_A_MIB] = [100, 256];
/** Places in /proc/PID/stat behind the program's name: time of the user, of the kernel, the same of ended children, pages in memory. */
const TIMES = [11, 12, 13, 14];
const RESIDENT = 21;

/** What a program's processes took until now. */
export interface Used {
  /** Of the processor, with their children that have ended. */
  readonly seconds: number;
  readonly mib: number;
  readonly processes: number;
}

/** What a program's processes took in a namespace of a lab. @param program as the kernel names it */
export async function programUsed(lab: AccessLab, host: string, program: string): Promise<Used> {
  const stats = (await lab.processes(host)).map(statOf).filter(({ name }) => name === program);
  const sum = (places: readonly number[]): number =>
    stats.reduce((total, { fields }) => places.reduce((all, place) => all + Number(fields[place - 1]), total), 0);
  return { seconds: sum(TIMES) / TICKS, mib: sum([RESIDENT]) / PAGES_A_MIB, processes: stats.length };
}

/** A process may have ended meanwhile. */
function statOf(pid: number): { name?: string | undefined; fields: string[] } {
  try {
    const [, name, rest = ""] =
      /^\d+ \((.*)\) \S (.*)$/.exec(readFileSync(join("/proc", String(pid), "stat"), "utf8").trim()) ?? [];
    return { name, fields: rest.split(" ") };
  } catch {
    return { fields: [] };
  }
}
