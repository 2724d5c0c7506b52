import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { identify } from "./process-tree";

/** A small process that outlives its owner just long enough to clean up after it. */
export interface Keeper {
  /** Ends it: there is nothing to clean up any more. */
  readonly release: () => void;
}

/** Environment variable of every program that an owner starts, and of all that these start in turn. */
const MARK = "POSTAZIONI_OWNER";

/**
 * Waits for the end of its input: the owner holds the other end of that pipe, so it closes however the owner ends, be
 * it killed. Then it ends every process that has the mark in its environment, whatever its group, session or parent is
 * by then, and removes a folder. Programs get five seconds until they are not asked any more.
 */
const SCRIPT = [
  "mark=$1 folder=$2",
  'read -r word && [ "$word" = done ] && exit 0',
  "round=0",
  'while files=$(grep -lzsxF -e "$mark" /proc/[0-9]*/environ); [ -n "$files" ]; do',
  "  signal=TERM",
  '  [ "$round" -ge 25 ] && signal=KILL',
  '  for file in $files; do pid=${file#/proc/}; kill -"$signal" "${pid%/environ}" 2>/dev/null; done',
  "  round=$((round + 1))",
  "  sleep 0.2",
  "done",
  '[ -z "$folder" ] || rm -rf "$folder"',
].join("\n");

let owner: Readonly<Record<string, string>> | undefined;

/**
 * The variable that marks what this process starts. Whatever of it still runs when this process has ended is ended
 * then: jest, for one, dies of Ctrl-C at once, and cdktf and Terraform, in groups of their own, would go on.
 */
export function ownership(): Readonly<Record<string, string>> {
  if (owner === undefined) {
    owner = { [MARK]: markOf(process.pid) };
    spawnKeeper("");
  }
  return owner;
}

/** Removes a folder when this process ends without having released the keeper, after what was started has ended. */
export function keepFolder(folder: string): Keeper {
  return spawnKeeper(folder);
}

/** The id alone is used again. */
function markOf(pid: number): string {
  return `${String(pid)}-${identify(pid)?.startTime ?? ""}`;
}

/** In a session of its own, so that Ctrl-C passes it by; it keeps neither this process nor a terminal open. */
function spawnKeeper(folder: string): Keeper {
  const mark = `${MARK}=${markOf(process.pid)}`;
  const keeper = spawn("/bin/sh", ["-c", SCRIPT, "keeper", mark, folder], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "" },
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const { stdin } = keeper;
  // Without it nothing is lost but the cleaning after a death.
  for (const emitter of [keeper, stdin]) emitter.on("error", () => undefined);
  keeper.unref();
  if (stdin instanceof Socket) stdin.unref();
  return { release: () => void stdin.end("done\n") };
}
