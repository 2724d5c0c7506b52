import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError, Interrupted, messageOf } from "../runtime/errors";
import { EXIT } from "../runtime/exit-code";
import { startLab } from "./lab";
import type { LabOptions } from "./lab";
import { labPaths } from "./paths";
import { REPOSITORY } from "../runtime/paths";
import type { Say } from "../runtime/progress";

const optionsSchema = z.object({
  environments: z.string(),
  directory: z.string().optional(),
  providers: z.string().optional(),
  terraform: z.string().optional(),
  seatsPerPool: z.number().optional(),
  vaultPort: z.number().optional(),
});

const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("doing"), line: z.string() }),
  z.object({ kind: z.literal("ready") }),
  z.object({
    kind: z.literal("failed"),
    message: z.string(),
    logFile: z.string().optional(),
    tail: z.array(z.string()),
  }),
]);

type Message = z.output<typeof messageSchema>;

/**
 * Starts a lab in its own process, which outlives this one, and returns once it is ready.
 * @throws CommandError with the reason when it does not start; nothing is left running then
 */
export async function startSupervisor(options: LabOptions, say: Say): Promise<void> {
  const { signal, ...passed } = options;
  signal?.throwIfAborted();
  const child = spawnSupervisor(labPaths(options.directory).run);
  const interrupt = (): void => void child.kill("SIGTERM");
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    child.send(passed);
    await becomesReady(child, say);
  } catch (error) {
    throw signal?.aborted === true ? new Interrupted() : error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** The supervisor process: runs a lab until its socket or a signal stops it. */
export async function supervise(): Promise<void> {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort(new Interrupted());
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  // The parent ended before the lab was ready.
  process.once("disconnect", interrupt);
  try {
    const options = await receiveOptions();
    const lab = await startLab({ ...options, signal: controller.signal }, { step: (_title, work) => work(tell) });
    process.removeListener("disconnect", interrupt);
    // A stop that fails is reported below, where it is called again with the same result.
    controller.signal.addEventListener("abort", () => void lab.stop().catch(() => undefined), { once: true });
    report({ kind: "ready" });
    await lab.stopped;
    await lab.stop();
  } catch (error) {
    report(failure(error));
    console.error(messageOf(error));
    process.exitCode = EXIT.failure;
  } finally {
    if (process.connected) process.disconnect();
  }
}

/** Its output goes to a file, so that a closed terminal does not end it. */
function spawnSupervisor(run: string): ChildProcess {
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const log = openSync(join(run, "supervisor.log"), "w", 0o600);
  try {
    return spawn(process.execPath, [join(REPOSITORY, "cli", "bootstrap.mjs"), "lab", "supervise"], {
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    });
  } finally {
    closeSync(log);
  }
}

function becomesReady(child: ChildProcess, say: Say): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("message", (raw) => {
      const message = messageSchema.parse(raw);
      if (message.kind === "doing") say(message.line);
      else if (message.kind === "ready") resolve();
      else reject(new CommandError(message.message, message.logFile, message.tail));
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new CommandError(`the lab's supervisor ended with exit code ${String(code)}`));
    });
  });
}

function receiveOptions(): Promise<LabOptions> {
  return new Promise((resolve, reject) => {
    if (!process.connected) reject(new CommandError("'lab supervise' is started by 'lab up', not by hand"));
    process.once("message", (raw) => {
      resolve(optionsSchema.parse(raw));
    });
  });
}

function tell(line: string): void {
  report({ kind: "doing", line });
}

function report(message: Message): void {
  if (process.connected) process.send?.(message);
}

function failure(error: unknown): Message {
  const known = error instanceof CommandError ? error : undefined;
  return { kind: "failed", message: messageOf(error), logFile: known?.logFile, tail: [...(known?.tail ?? [])] };
}
