import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { identify } from "./process-tree";

/** A small process that cleans up after its owner ended. */
export interface Keeper {
  /** Ends the keeper: nothing is left to clean up. */
  readonly release: () => void;
}

/** Environment variable that marks every process that an owner starts, and their descendants. */
const MARK = "POSTAZIONI_OWNER";

/**
 * Waits for the end of its standard input: the owner holds the other end of the pipe, which closes however the owner
 * ends, SIGKILL included. Then it ends every process that has the mark in its environment, in whatever group or
 * session, and removes a folder. Each process gets one signal, from here or from its parent: a Terraform that gets two
 * ends without writing its state, and a provider that gets one stops in the middle of its work. After five seconds, or
 * the owner's longer grace period, processes are killed.
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
 * The variable that marks the processes that this one starts. Those that still run when this process has ended are
 * ended too: jest, for one, dies of Ctrl-C at once, and cdktf and Terraform, in groups of their own, would go on.
 * @param graceMs how long a program may take to end; the longest of all calls counts @default 5 seconds
 */
export function ownership(graceMs = 0): Readonly<Record<string, string>> {
  if (owner === undefined) {
    owner = { [MARK]: markOf(process.pid) };
    keeper = spawnKeeper("");
  }
  keeper?.wait(graceMs);
  return owner;
}

/** Has a folder removed when this process ends without a call of `release`, after its child processes have ended. */
export function keepFolder(folder: string): Keeper {
  return spawnKeeper(folder);
}

/** Only the id of the mark is used again. */
function markOf(pid: number): string {
  return `${String(pid)}-${identify(pid)?.startTime ?? ""}`;
}

/** In its own session, so that Ctrl-C does not reach it; it keeps neither this process nor a terminal open. */
function spawnKeeper(folder: string): NonNullable<typeof keeper> {
  const mark = `${MARK}=${markOf(process.pid)}`;
  const child = spawn("/bin/sh", ["-c", SCRIPT, "keeper", mark, folder], {
    cwd: "/",
    env: { PATH: process.env.PATH ?? "" },
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const { stdin } = child;
  // Without a keeper only the clean-up after a crash is missing.
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
