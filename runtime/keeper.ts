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
 * by then, and removes a folder. Each is asked once and its children by it: a Terraform that is asked twice ends without its state, and
 * a provider that is asked in the middle of its work. Programs get five seconds until they are not asked any more, or as long as
 * the owner said that one needs.
 */
const SCRIPT = [
  "mark=$1 folder=$2 grace=5 asked=' '",
  "while read -r word value; do",
  '  case "$word" in done) exit 0 ;; grace) [ "$value" -gt "$grace" ] && grace=$value ;; esac',
  "done",
  "end=$(($(date +%s) + grace))",
  'while files=$(grep -lzsxF -e "$mark" /proc/[0-9]*/environ); [ -n "$files" ]; do',
  "  pids=' '",
  '  for file in $files; do pid=${file#/proc/}; pids="$pids${pid%/environ} "; done',
  "  for pid in $pids; do",
  '    if [ "$(date +%s)" -ge "$end" ]; then kill -KILL "$pid" 2>/dev/null; continue; fi',
  '    case "$asked" in *" $pid "*) continue ;; esac',
  '    parent=$(sed -n "s/^PPid:[[:space:]]*//p" "/proc/$pid/status" 2>/dev/null)',
  '    case "$pids" in *" $parent "*) continue ;; esac',
  '    kill -TERM "$pid" 2>/dev/null; asked="$asked$pid "',
  "  done",
  "  sleep 0.2",
  "done",
  '[ -z "$folder" ] || rm -rf "$folder"',
].join("\n");

let owner: Readonly<Record<string, string>> | undefined;
let keeper: (Keeper & { readonly wait: (graceMs: number) => void }) | undefined;

/**
 * The variable that marks what this process starts. Whatever of it still runs when this process has ended is ended
 * then: jest, for one, dies of Ctrl-C at once, and cdktf and Terraform, in groups of their own, would go on.
 * @param graceMs how long a program may need to end once it was asked; the longest of all counts @default 5 seconds
 */
export function ownership(graceMs = 0): Readonly<Record<string, string>> {
  if (owner === undefined) {
    owner = { [MARK]: markOf(process.pid) };
    keeper = spawnKeeper("");
  }
  keeper?.wait(graceMs);
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
function spawnKeeper(folder: string): NonNullable<typeof keeper> {
  const mark = `${MARK}=${markOf(process.pid)}`;
  const child = spawn("/bin/sh", ["-c", SCRIPT, "keeper", mark, folder], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "" },
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const { stdin } = child;
  // Without it nothing is lost but the cleaning after a death.
  for (const emitter of [child, stdin]) emitter.on("error", () => undefined);
  child.unref();
  if (stdin instanceof Socket) stdin.unref();
  return {
    release: () => void stdin.end("done\n"),
    wait: (graceMs) => {
      if (graceMs > 0) stdin.write(`grace ${String(Math.ceil(graceMs / 1000))}\n`);
    },
  };
}
