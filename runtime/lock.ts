import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  if (!create(file, own) && !(takeAway(file) && create(file, own))) return undefined;
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
  } catch {
    return false;
  } finally {
    rmSync(finished, { force: true });
  }
}

/** Removes a lock without a holder. By renaming, since of two that try at once only one may succeed. */
function takeAway(file: string): boolean {
  const content = read(file);
  if (content !== undefined && isHeld(content)) return false;
  const aside = `${file}.${String(process.pid)}`;
  try {
    renameSync(file, aside);
  } catch {
    return true;
  }
  const taken = read(aside);
  rmSync(aside, { force: true });
  if (taken === content) return true;
  create(file, taken ?? "");
  return false;
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
