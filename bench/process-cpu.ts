import { readdirSync, readFileSync } from "node:fs";

/** What a program took: all its processes together. */
export interface ProgramShare {
  readonly seconds: number;
  /** The most memory that one of its processes had, in MiB. */
  readonly peakMib: number;
}

/** Shares by program, as the kernel names it (at most 15 characters). */
export type ProgramShares = ReadonlyMap<string, ProgramShare>;

/** Linux counts a process's time in hundredths of a second, on every architecture (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;
/** So much of a process's end may be missed. */
const POLL_MS = 50;
/** Fields of /proc/PID/stat after the name: utime and stime are the 14th and 15th in all (proc(5)). */
const [USER_TIME, SYSTEM_TIME] = [11, 12];

const KIB_PER_MIB = 1024;

interface Process {
  readonly program: string;
  readonly ticks: number;
  readonly peakMib: number;
}

/**
 * Does work and tells what processor time each program took meanwhile: all descendants of this process, also those that
 * ran before, such as a lab's servers. Node's own time is not in it.
 */
export async function programShares<T>(work: () => Promise<T>): Promise<[T, ProgramShares]> {
  const before = descendants(process.pid);
  const last = new Map(before);
  const look = (): void => {
    for (const [pid, found] of descendants(process.pid)) {
      // One that has ended and was not waited for yet has no memory any more.
      const peakMib = Math.max(found.peakMib, last.get(pid)?.peakMib ?? 0);
      last.set(pid, { ...found, peakMib });
    }
  };
  const timer = setInterval(look, POLL_MS);
  try {
    const result = await work();
    look();
    return [result, sharesBetween(before, last)];
  } finally {
    clearInterval(timer);
  }
}

function sharesBetween(before: ReadonlyMap<number, Process>, after: ReadonlyMap<number, Process>): ProgramShares {
  const shares = new Map<string, ProgramShare>();
  for (const [pid, { program, ticks, peakMib }] of after) {
    const taken = (ticks - (before.get(pid)?.ticks ?? 0)) / TICKS_PER_SECOND;
    const { seconds, peakMib: peak } = shares.get(program) ?? { seconds: 0, peakMib: 0 };
    shares.set(program, { seconds: seconds + taken, peakMib: Math.max(peak, peakMib) });
  }
  return shares;
}

/** The shares of a deployment's programs: our command, Terraform or OpenTofu, its providers, and the simulated vCenters. */
export function deploymentShares(
  shares: ProgramShares,
): Readonly<Record<"node" | "core" | "provider" | "simulator", ProgramShare>> {
  // The kernel cuts terraform-provider-vsphere_v2.15.0; the simulator's name has a digest.
  const of = (pattern: RegExp): ProgramShare => {
    const found = [...shares].filter(([name]) => pattern.test(name)).map(([, share]) => share);
    const seconds = found.reduce((sum, share) => sum + share.seconds, 0);
    return { seconds: Number(seconds.toFixed(1)), peakMib: Math.max(0, ...found.map(({ peakMib }) => peakMib)) };
  };
  return {
    ...{ node: of(/^node$/), core: of(/^(?:terraform|tofu)$/) },
    ...{ provider: of(/^terraform-prov/), simulator: of(/^vcenter/) },
  };
}

/** The processes that a process started, and theirs; one that ends meanwhile is left out. */
function descendants(pid: number): Map<number, Process> {
  const found = new Map<number, Process>();
  const waiting = childrenOf(pid);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const stat = statOf(next);
    if (stat !== undefined) found.set(next, stat);
    waiting.push(...childrenOf(next));
  }
  return found;
}

/** Every thread has children of its own: Terraform starts its providers from any. */
function childrenOf(pid: number): number[] {
  const tasks = `/proc/${String(pid)}/task`;
  const lists = listed(tasks).map((thread) => read(`${tasks}/${thread}/children`) ?? "");
  return lists.flatMap((list) => list.split(" ").filter((text) => text !== "")).map(Number);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statOf(pid: number): Process | undefined {
  const [, program = "", rest = ""] = /^\d+ \((.*)\) (.*)$/.exec(read(`/proc/${String(pid)}/stat`)?.trim() ?? "") ?? [];
  const fields = rest.split(" ");
  if (program === "") return undefined;
  const [, peak = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${String(pid)}/status`) ?? "") ?? [];
  const peakMib = Math.round(Number(peak) / KIB_PER_MIB);
  return { program, ticks: Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]), peakMib };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
