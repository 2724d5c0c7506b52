import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { identify, isRunning, type ProcessIdentity } from "./process-tree";

/** Gives a lock back. */
export type Release = () => void;

const WAIT_MS = 500;

/**
 * Takes the lock that a file stands for: it names the process that holds it. A lock whose holder is gone, killed for
 * example, is taken over.
 * @returns undefined when a running process holds it.
 */
export function tryLock(file: string): Release | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const own = JSON.stringify(identify(process.pid));
  if (!create(file, own) && !(takeAway(file, own) && create(file, own))) return undefined;
  return () => {
    if (read(file) === own) rmSync(file, { force: true });
  };
}

/** Waits for the lock; `onWait` is called once when there is something to wait for. */
export async function waitForLock(file: string, signal?: AbortSignal, onWait?: () => void): Promise<Release> {
  for (let waits = 0; ; waits += 1) {
    const release = tryLock(file);
    if (release !== undefined) return release;
    if (waits === 0) onWait?.();
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** By linking a finished file, so that nobody ever reads a lock that has no holder in it yet. */
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
 * Removes a lock without a holder, under a lock of its own: of two that saw the same dead holder, the second would remove what the
 * first took by then.
 */
function takeAway(file: string, own: string): boolean {
  const guard = `${file}.takeover`;
  if (!hasDeadHolder(file)) return read(file) === undefined;
  if (!create(guard, own)) {
    if (!hasDeadHolder(guard)) return false;
    // It was killed in the middle of these few lines.
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
  try {
    const holder = JSON.parse(content) as Partial<ProcessIdentity>;
    return typeof holder.pid === "number" && isRunning({ pid: holder.pid, startTime: holder.startTime ?? "" });
  } catch {
    return false;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
