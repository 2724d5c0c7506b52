import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parsedJson } from "./json";
import { pause } from "./until";
import { identify, isRunning, type ProcessIdentity } from "./process-tree";

/** Releases a lock. */
export type Release = () => void;

const WAIT_MS = 500;

/**
 * Takes a lock file, which holds its owner's process id. A lock whose owner no longer runs is taken over.
 * @returns undefined when a running process holds it
 */
export function tryLock(file: string): Release | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const own = JSON.stringify(identify(process.pid));
  if (!create(file, own) && !(takeAway(file, own) && create(file, own))) return undefined;
  return () => {
    if (read(file) === own) rmSync(file, { force: true });
  };
}

/** Waits for a lock; calls `onWait` once when it has to wait, with its holder's process id. */
export async function waitForLock(
  file: string,
  signal?: AbortSignal,
  onWait?: (pid: number | undefined) => void,
): Promise<Release> {
  for (let waits = 0; ; waits += 1) {
    const release = tryLock(file);
    if (release !== undefined) return release;
    if (waits === 0) onWait?.(holderOf(read(file) ?? "")?.pid);
    await pause(WAIT_MS, signal);
  }
}

/** Links a complete file, so that nobody reads a lock without an owner in it. */
function create(file: string, content: string): boolean {
  const finished = `${file}.${String(process.pid)}.new`;
  writeFileSync(finished, content, { mode: 0o600 });
  try {
    linkSync(finished, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(finished, { force: true });
  }
}

/**
 * Removes an orphaned lock, under a lock of its own: otherwise the second of two processes that found it would remove
 * the lock that the first one has just taken.
 */
function takeAway(file: string, own: string): boolean {
  const guard = `${file}.takeover`;
  if (!hasDeadHolder(file)) return read(file) === undefined;
  if (!create(guard, own)) {
    if (!hasDeadHolder(guard)) return false;
    // Its owner was killed in the middle of these few lines.
    rmSync(guard, { force: true });
    return takeAway(file, own);
  }
  try {
    if (hasDeadHolder(file)) rmSync(file, { force: true });
    return read(file) === undefined;
  } finally {
    rmSync(guard, { force: true });
  }
}

function hasDeadHolder(file: string): boolean {
  const content = read(file);
  return content !== undefined && !isHeld(content);
}

function isHeld(content: string): boolean {
  const holder = holderOf(content);
  return holder !== undefined && isRunning(holder);
}

function holderOf(content: string): ProcessIdentity | undefined {
  const { pid, startTime = "" } = (parsedJson(content) ?? {}) as Partial<ProcessIdentity>;
  return typeof pid === "number" ? { pid, startTime } : undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
