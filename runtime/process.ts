import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import type { WriteStream } from "node:fs";
import { setPriority } from "node:os";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { CommandError, Interrupted } from "./errors";
import { ownership } from "./keeper";
import { askRoot, endTree } from "./process-tree";
import type { Ask } from "./process-tree";
import type { Redactor } from "./redactor";

/** A program to run, and where its output goes. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** @default - the working directory of this process */
  readonly cwd?: string | undefined;
  /** The whole environment, except for the owner's mark: nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  /** Gets standard output and standard error, redacted; replaces the file. */
  readonly logFile?: string | undefined;
  readonly redactor: Redactor;
  /** Gets every line of both outputs, redacted and without colours. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Ends the program and its descendants. */
  readonly signal?: AbortSignal | undefined;
  /** How the program is signalled to end. @default - SIGINT to the program itself, as Ctrl-C does */
  readonly ask?: Ask | undefined;
  /** Time between the first signal and SIGKILL, in ms. @default 30000 */
  readonly graceMs?: number | undefined;
  /** After `signal`, ends the program without its grace period: it gets SIGINT again, and soon SIGKILL. @default - never */
  readonly forced?: AbortSignal | undefined;
  /** Lower priority, so that a long build leaves the machine usable. @default false */
  readonly background?: boolean | undefined;
}

/** Result of a program. */
export interface ChildResult {
  /** Its exit code; null when a signal ended it. */
  readonly code: number | null;
  /** Its standard output, redacted. */
  readonly stdout: string;
  /** The last lines of both outputs, redacted. */
  readonly tail: readonly string[];
}

const GRACE_MS = 30_000;
const TAIL_LINES = 40;
const BUILD_PRIORITY = 10;

/**
 * Runs a program to its end.
 * @throws Interrupted when the abort signal ended it. An exit code other than 0 is a result, not an error.
 */
export async function run(options: ChildOptions): Promise<ChildResult> {
  options.signal?.throwIfAborted();
  const child = spawnChild(options, "ignore");
  const output = collect(child, options);
  const interrupt = onAbort(child, options);
  const code = await exitOf(child, options.command);
  await output.done.finally(interrupt);
  return { code, stdout: output.stdout.join("\n"), tail: output.tail };
}

/**
 * Like `run`, but an exit code other than 0 is a CommandError with the end of the output.
 * @param help gives the repair, where the output's end suggests one
 */
export async function runOrThrow(
  what: string,
  options: ChildOptions,
  help: (tail: readonly string[]) => readonly string[] = () => [],
): Promise<ChildResult> {
  const result = await run(options);
  if (result.code === 0) return result;
  const message = `${what} failed with exit code ${String(result.code)}`;
  throw new CommandError([message, ...help(result.tail)].join("\n"), options.logFile, result.tail);
}

/**
 * Starts a program in its own process group, so that Ctrl-C in the terminal reaches only this process; if this process
 * dies, its keeper ends the program.
 */
export function spawnChild(options: ChildOptions, stdin: "ignore" | "pipe"): ChildProcess {
  const child = spawn(options.command, [...options.args], {
    cwd: options.cwd,
    env: { ...options.env, ...ownership(options.graceMs) },
    detached: true,
    stdio: [stdin, "pipe", "pipe"],
  });
  if (options.background === true && child.pid !== undefined) setPriority(child.pid, BUILD_PRIORITY);
  return child;
}

/** The program's exit code, once it has ended. @throws CommandError when it could not be started */
export function exitOf(child: ChildProcess, command: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(new CommandError(`cannot run ${command}: ${error.message}`));
    });
    child.once("exit", (code) => {
      resolve(code);
    });
  });
}

/** A program's output so far, redacted. */
export interface Output {
  readonly stdout: string[];
  readonly tail: string[];
  /**
   * Resolves when both outputs were closed and the log is written; rejects with an error of the line listener or of the
   * log file.
   */
  readonly done: Promise<void>;
}

/** Reads both outputs of a program line by line into its log, its tail and its listener. */
export function collect(child: ChildProcess, options: ChildOptions): Output {
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { mode: 0o600 });
  const stdout: string[] = [];
  const tail: string[] = [];
  const failures: unknown[] = [];
  log?.on("error", (error) => {
    failures.push(new CommandError(`the log ${options.logFile ?? ""} cannot be written: ${error.message}`));
  });
  // A running program, such as an apply, is read to its end even if the listener throws.
  const take = (line: string): void => {
    log?.write(`${line}\n`);
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    try {
      options.onLine?.(line);
    } catch (error) {
      failures.push(error);
    }
  };
  const reads = [
    readLines(child.stdout, options.redactor, (line) => void stdout.push(line), take),
    readLines(child.stderr, options.redactor, take),
  ];
  const done = Promise.all(reads)
    .then(() => closed(log))
    .then(() => {
      if (failures.length > 0) throw failures[0];
    });
  // The caller handles the rejection later; until then it must not count as unhandled.
  done.catch(() => undefined);
  return { stdout, tail, done };
}

async function readLines(
  stream: Readable | null,
  redactor: Redactor,
  ...takers: readonly ((line: string) => void)[]
): Promise<void> {
  if (stream === null) return;
  for await (const raw of createInterface({ input: stream, crlfDelay: Infinity })) {
    const line = redactor.apply(stripVTControlCharacters(raw));
    for (const take of takers) take(line);
  }
}

function closed(stream: WriteStream | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (stream === undefined) resolve();
    else stream.end(resolve);
  });
}

/** Ends the process tree on abort; the returned function waits for that and throws if it happened. */
function onAbort(child: ChildProcess, options: ChildOptions): () => Promise<void> {
  const { signal, ask = askRoot("SIGINT"), graceMs = GRACE_MS, forced } = options;
  let ending: Promise<void> | undefined;
  const abort = (): void => {
    if (child.pid !== undefined) ending ??= endTree(child.pid, ask, graceMs, forced);
  };
  signal?.addEventListener("abort", abort, { once: true });
  return async () => {
    signal?.removeEventListener("abort", abort);
    if (signal?.aborted !== true) return;
    await ending;
    throw new Interrupted();
  };
}
