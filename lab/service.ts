import type { ChildProcess } from "node:child_process";
import { CommandError } from "../runtime/errors";
import { collect, exitOf, spawnChild } from "../runtime/process";
import type { ChildOptions, Output } from "../runtime/process";
import { endTree } from "../runtime/process-tree";

/** A server that runs until it is stopped. */
export interface Service {
  readonly name: string;
  readonly pid: number;
  /** Whether it still runs. */
  running(): boolean;
  /** Stops it and its descendants. */
  stop(): Promise<void>;
}

/** Options of a server. */
export interface ServiceOptions extends ChildOptions {
  readonly name: string;
}

const STOP_MS = 5000;

/**
 * Starts a server that ends when a pipe from this process closes, however this process ends. `ready` resolves when the
 * server is ready; it gets the server's end and its output so far.
 * @throws CommandError with the end of its log when it ends before it is ready
 */
export async function startService<T>(
  options: ServiceOptions,
  ready: (ended: AbortSignal, lines: readonly string[]) => Promise<T>,
): Promise<{ readonly service: Service; readonly value: T }> {
  options.signal?.throwIfAborted();
  const child = spawnChild(options, "pipe");
  const output = collect(child, options);
  const ended = new AbortController();
  const exited = exitOf(child, options.command).finally(() => {
    ended.abort();
  });
  exited.catch(() => undefined);
  const service = serviceOf(options.name, child, exited);
  const failed = failure(options, exited, output);
  try {
    return { service, value: await Promise.race([ready(ended.signal, output.stdout), failed]) };
  } catch (error) {
    const hasEnded = ended.signal.aborted;
    await service.stop();
    // How it ended says more than that it was waited for in vain.
    if (hasEnded) await failed;
    throw error;
  }
}

/**
 * Wraps a program in a shell that ends it when the shell's standard input closes. A background job's standard input is
 * empty, so the watcher reads a copy.
 */
export function withLifeline(command: string, args: readonly string[]): { command: string; args: string[] } {
  const script = [
    "exec 3<&0",
    '"$@" </dev/null 3<&- & server=$!',
    "{ read -r _ <&3; kill -TERM $server; } >/dev/null 2>&1 & watcher=$!",
    "exec 3<&-",
    "wait $server; code=$?",
    "kill $watcher 2>/dev/null",
    "exit $code",
  ];
  return { command: "/bin/sh", args: ["-c", script.join("\n"), "sh", command, ...args] };
}

function serviceOf(name: string, child: ChildProcess, exited: Promise<unknown>): Service {
  const pid = child.pid ?? 0;
  return {
    name,
    pid,
    running: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      await endTree(pid, () => child.stdin?.destroy(), STOP_MS);
      await exited.catch(() => undefined);
    },
  };
}

async function failure(options: ServiceOptions, exited: Promise<number | null>, output: Output): Promise<never> {
  const code = await exited;
  await output.done;
  throw new CommandError(
    `${options.name} ended with exit code ${String(code)} before it was ready`,
    options.logFile,
    output.tail,
  );
}
