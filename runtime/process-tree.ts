import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { pause } from "./until";

/** A process's identity. Process ids are used again; an id with a start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own format; only compared. */
  readonly startTime: string;
}

/** A running process and its program. */
export interface ProcessInfo extends ProcessIdentity {
  /** Name of its program without folders; Linux keeps the first 15 characters. */
  readonly name: string;
}

interface ProcessRow extends ProcessInfo {
  readonly parent: number;
}

const POLL_MS = 50;

/** The identity of a running process; undefined when there is none with this id, or it is a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const row = rowOf(pid);
  return row && { pid: row.pid, startTime: row.startTime };
}

/** Whether this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startTime === identity.startTime;
}

/**
 * A process and all its descendants. A process group is not enough: cdktf runs Terraform in a terminal, and so in a
 * session, of its own.
 */
export function treeOf(pid: number): ProcessInfo[] {
  const rows = allRows();
  const tree = rows.filter((row) => row.pid === pid);
  // The loop also visits the rows that it appends.
  for (const parent of tree) tree.push(...rows.filter((row) => row.parent === parent.pid && row.pid !== parent.pid));
  return tree.map(({ pid: id, startTime, name }) => ({ pid: id, startTime, name }));
}

/** Sends a signal to this process, if it still runs. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch {
    // It ended between the check and the signal.
  }
}

/** Signals processes to end. It is called repeatedly, with those still running, until none is. */
export type Ask = (running: readonly ProcessInfo[]) => void;

/** Signals only the root process, once: it is expected to end its own children. */
export function askRoot(signal: NodeJS.Signals): Ask {
  let asked = false;
  return ([root]) => {
    if (root !== undefined && !asked) signalProcess(root, signal);
    asked = true;
  };
}

/** Terraform that is signalled again waits for nothing, and ends within 5 seconds (internal/command/meta.go, `RunOperation`). */
const FORCED_MS = 20_000;

/**
 * Ends a process and its descendants: signals them, and kills them after the grace period.
 * @param forced the root gets SIGINT again, and little time. @default - never
 */
export async function endTree(pid: number, ask: Ask, graceMs: number, forced?: AbortSignal): Promise<void> {
  let end = performance.now() + graceMs;
  let isForced = false;
  const known = new Map<string, ProcessInfo>();
  for (;;) {
    for (const process of treeOf(pid)) known.set(`${String(process.pid)} ${process.startTime}`, process);
    const running = [...known.values()].filter(isRunning);
    if (running.length === 0) return;
    if (forced?.aborted === true && !isForced) {
      isForced = true;
      end = Math.min(end, performance.now() + FORCED_MS);
      askRoot("SIGINT")(running);
    }
    if (performance.now() < end) ask(running);
    else for (const process of running) signalProcess(process, "SIGKILL");
    await pause(POLL_MS);
  }
}

function allRows(): ProcessRow[] {
  if (process.platform !== "linux") return rowsOfPs([]);
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map((id) => rowOf(Number(id))).filter((row) => row !== undefined);
}

function rowOf(pid: number): ProcessRow | undefined {
  if (process.platform !== "linux") return rowsOfPs(["-p", String(pid)])[0];
  try {
    return parseStat(pid, readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The name in parentheses may itself contain blanks and parentheses; the fields after the last parenthesis are fixed.
 */
function parseStat(pid: number, stat: string): ProcessRow | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent] = fields;
  const startTime = fields[19];
  if (state === "Z" || parent === undefined || startTime === undefined) return undefined;
  const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
  return { pid, parent: Number(parent), startTime, name };
}

function rowsOfPs(selection: readonly string[]): ProcessRow[] {
  const args = selection.length > 0 ? selection : ["-A"];
  try {
    const table = execFileSync("ps", [...args, "-o", "pid=,ppid=,stat=,lstart=,comm="], { encoding: "utf8" });
    return table.split("\n").flatMap(parsePsLine);
  } catch {
    return [];
  }
}

/** `lstart` is five words, such as `Sat Nov 21 22:29:19 2026`. */
function parsePsLine(line: string): ProcessRow[] {
  const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+ +\S+ +\S+ +\S+ +\S+)\s+(.+?)\s*$/.exec(line);
  if (match === null || match[3]?.startsWith("Z") === true) return [];
  const [, pid, parent, , startTime = "", program = ""] = match;
  return [{ pid: Number(pid), parent: Number(parent), startTime, name: basename(program) }];
}
