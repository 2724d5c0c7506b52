import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { REPOSITORY } from "../lab/paths";

/** Where npm puts the programs of the packages. */
const BIN = join(REPOSITORY, "node_modules", ".bin");
/** A program that a signal ended counts for shells as this and the signal's number. */
const SIGNALLED = 128;

/** A program to run, its output going where this program's goes. */
export interface Program {
  /** Its name on PATH, or of a program of an npm package. */
  readonly command: string;
  readonly args: readonly string[];
  /** @default - the repository's root */
  readonly cwd?: string;
  /** Variables beside this program's own. @default - none */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes standard output line by line. @default - goes where this program's goes */
  readonly onLine?: (line: string) => void;
  /** Asks the program to end, which a terminal's Ctrl-C does by itself and a signal to this process does not. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end and gives its exit code, as a shell counts it where a signal ended it. */
export async function runProgram(program: Program): Promise<number> {
  const { command, args, cwd = REPOSITORY, env = {}, onLine, signal } = program;
  signal?.throwIfAborted();
  const child = spawn(command, [...args], {
    cwd,
    env: { ...process.env, ...env, PATH: `${BIN}:${process.env.PATH ?? ""}` },
    stdio: ["ignore", onLine === undefined ? "inherit" : "pipe", "inherit"],
  });
  if (child.stdout !== null && onLine !== undefined) createInterface({ input: child.stdout }).on("line", onLine);
  const end = (): void => void child.kill("SIGTERM");
  signal?.addEventListener("abort", end, { once: true });
  try {
    return await exitCode(child);
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(code ?? SIGNALLED + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
