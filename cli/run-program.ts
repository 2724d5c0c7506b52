import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { REPOSITORY } from "../runtime/paths";
import { signalProcess, treeOf } from "../runtime/process-tree";
import type { Say } from "../runtime/progress";

/** Where npm installs the packages' programs. */
const BIN = join(REPOSITORY, "node_modules", ".bin");
/** A shell's exit code for a program that a signal ended is this plus the signal's number. */
const SIGNALLED = 128;

/** A program to run. */
export interface Program {
  /** Its name on PATH, or the name of an npm package's program. */
  readonly command: string;
  readonly args: readonly string[];
  /** @default - the repository's root */
  readonly cwd?: string;
  /** Variables in addition to this process's. @default - none */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets standard output and standard error line by line. @default - the outputs of this process */
  readonly say?: Say | undefined;
  /** Gets standard output line by line, in place of `say`. @default - none */
  readonly onLine?: (line: string) => void;
  /**
   * Ends the program and all its descendants: Ctrl-C in a terminal does that by itself, a signal to this process does
   * not, and a killed jest would leave its workers.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Who gets the signal: the program alone, which then ends its own children, or it and all its descendants. @default
   * "all"
   */
  readonly asks?: "itself" | "all";
}

/** Runs a program to its end and returns its exit code, as a shell reports it for a program that a signal ended. */
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
