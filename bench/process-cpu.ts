import { readdirSync, readFileSync } from "node:fs";

/** Seconds of processor by program, as the kernel names it (at most 15 characters). */
export type ProgramSeconds = Readonly<Record<string, number>>;

/** Linux counts a process's time in hundredths of a second, on every architecture (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;
/** So much of a process's end may be missed. */
const POLL_MS = 50;
/** Fields of /proc/PID/stat after the name: utime and stime are the 14th and 15th in all (proc(5)). */
const [USER_TIME, SYSTEM_TIME] = [11, 12];

interface Process {
  readonly program: string;
  readonly ticks: number;
}

/**
 * Does work and tells what processor time each program took meanwhile: all descendants of this process, also those that
 * ran before, such as a lab's servers. Node's own time is not in it.
 */
export async function programSeconds<T>(work: () => Promise<T>): Promise<[T, ProgramSeconds]> {
  const before = descendants(process.pid);
  const last = new Map(before);
  const look = (): void => {
    for (const [pid, found] of descendants(process.pid)) last.set(pid, found);
  };
  const timer = setInterval(look, POLL_MS);
  try {
    const result = await work();
    look();
    return [result, secondsBetween(before, last)];
  } finally {
    clearInterval(timer);
  }
}

function secondsBetween(before: ReadonlyMap<number, Process>, after: ReadonlyMap<number, Process>): ProgramSeconds {
  const seconds: Record<string, number> = {};
  for (const [pid, { program, ticks }] of after) {
    const taken = (ticks - (before.get(pid)?.ticks ?? 0)) / TICKS_PER_SECOND;
    seconds[program] = (seconds[program] ?? 0) + taken;
  }
  return seconds;
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
  return { program, ticks: Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]) };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
