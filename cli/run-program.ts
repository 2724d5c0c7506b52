import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { REPOSITORY } from "../runtime/paths";
import { signalProcess, treeOf } from "../runtime/process-tree";
import type { Say } from "../runtime/progress";

/** Where npm puts the programs of the packages. */
const BIN = join(REPOSITORY, "node_modules", ".bin");
/** A program that a signal ended counts for shells as this and the signal's number. */
const SIGNALLED = 128;

/** A program to run. */
export interface Program {
  /** Its name on PATH, or of a program of an npm package. */
  readonly command: string;
  readonly args: readonly string[];
  /** @default - the repository's root */
  readonly cwd?: string;
  /** Variables beside this program's own. @default - none */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes both outputs line by line. @default - they go where this program's go */
  readonly say?: Say | undefined;
  /** Takes standard output line by line, in place of `say`. @default - none */
  readonly onLine?: (line: string) => void;
  /**
   * Asks the program, and all that it started, to end: a terminal's Ctrl-C does so by itself, a signal to this process does
   * not, and a jest that is gone would leave its workers.
   */
  readonly signal?: AbortSignal | undefined;
  /** Whom the signal asks: the program alone, which ends what it started itself, or each of them. @default "all" */
  readonly asks?: "itself" | "all";
}

/** Runs a program to its end and gives its exit code, as a shell counts it where a signal ended it. */
export async function runProgram(program: Program): Promise<number> {
  const { command, args, cwd = REPOSITORY, env = {}, say, onLine = say, signal, asks = "all" } = program;
  signal?.throwIfAborted();
  const child = spawn(command, [...args], {
    cwd,
    env: { ...process.env, ...env, PATH: `${BIN}:${process.env.PATH ?? ""}` },
    stdio: ["ignore", onLine === undefined ? "inherit" : "pipe", say === undefined ? "inherit" : "pipe"],
  });
  readLines(child.stdout, onLine);
  readLines(child.stderr, say);
  const end = (): void => {
    const tree = treeOf(child.pid ?? 0);
    for (const one of asks === "all" ? tree : tree.slice(0, 1)) signalProcess(one, "SIGTERM");
  };
  signal?.addEventListener("abort", end, { once: true });
  try {
    return await exitCode(child);
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

function readLines(stream: Readable | null, onLine: Say | undefined): void {
  if (stream !== null && onLine !== undefined) createInterface({ input: stream }).on("line", onLine);
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(code ?? SIGNALLED + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
