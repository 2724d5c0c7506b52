import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CdktfContext } from "./cdktf";
import { initialized, inStack } from "./plan";
import { run } from "./process";
import { terraformMessage } from "./terraform-message";
import type { TerraformMessage } from "./terraform-message";

/** What Terraform does with a stack. */
export type StackAction = "apply" | "destroy";

/** How Terraform fared with one stack. */
export interface StackRun {
  readonly stack: string;
  /** Terraform's exit code, null where a signal ended it; undefined where its turn never came. */
  readonly code: number | null | undefined;
  /** From Terraform's start to its end. */
  readonly seconds: number;
  /** What it did; undefined where it did not come to its end. */
  readonly done: TerraformMessage["done"];
  /** Terraform's errors, a line each; where it failed without one, the last thing that it said. */
  readonly errors: readonly string[];
  /** Everything that it said, until the stack is run once more. */
  readonly logFile: string;
}

/** Which stacks, and what they stand on. */
export interface StackWork {
  readonly action: StackAction;
  /** Path of Terraform. */
  readonly terraform: string;
  readonly stacks: readonly string[];
  /** What each stack stands on, by its name. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Stacks at a time, as the README has it for a city. */
const PARALLELISM = 2;
const MS_PER_SECOND = 1000;

/**
 * Has Terraform apply or destroy stacks, each after those that it waits for; one that waits for a stack that failed is not run.
 * Without cdktf, which may lose the end of Terraform's output, be it the error, and tells no stack's time.
 * @returns the runs in the order in which they ended
 */
export async function runStacks(context: CdktfContext, work: StackWork): Promise<StackRun[]> {
  mkdirSync(join(context.paths.logs, work.action), { recursive: true });
  const waiting = new Set(work.stacks);
  const running = new Map<string, Promise<void>>();
  const runs: StackRun[] = [];
  const start = (stack: string): void => {
    waiting.delete(stack);
    const ended = runOne(context, work, stack).then((result) => {
      runs.push(result);
    });
    running.set(
      stack,
      ended.finally(() => running.delete(stack)),
    );
  };
  try {
    for (;;) {
      const unfinished = new Set([...waiting, ...running.keys(), ...failed(runs)]);
      const ready = [...waiting].filter((stack) => !waitsFor(stack, unfinished, work));
      ready.slice(0, PARALLELISM - running.size).forEach(start);
      if (running.size === 0) break;
      context.say(`${String(runs.length)} of ${String(work.stacks.length)} done; ${[...running.keys()].join(", ")}`);
      await Promise.race(running.values());
    }
  } catch (error) {
    await Promise.allSettled(running.values());
    throw error;
  }
  return [...runs, ...[...waiting].map((stack) => ({ ...NEVER, stack }))];
}

const NEVER = { code: undefined, seconds: 0, done: undefined, errors: [], logFile: "" } as const;

function failed(runs: readonly StackRun[]): string[] {
  return runs.filter(({ code }) => code !== 0).map(({ stack }) => stack);
}

/** A stack is applied after those that it stands on, and destroyed after those that stand on it. */
function waitsFor(stack: string, others: ReadonlySet<string>, { action, dependencies }: StackWork): boolean {
  if (action === "apply") return (dependencies[stack] ?? []).some((other) => others.has(other));
  return [...others].some((other) => (dependencies[other] ?? []).includes(stack));
}

async function runOne(context: CdktfContext, { action, terraform }: StackWork, stack: string): Promise<StackRun> {
  const logFile = join(context.paths.logs, action, `${stack}.log`);
  const messages: TerraformMessage[] = [];
  const onLine = (line: string): void => void messages.push(terraformMessage(line));
  const options = { ...inStack(context, terraform, stack), onLine };
  const start = Date.now();
  let { code } = await initialized(options);
  if (code === 0) ({ code } = await run({ ...options, args: [action, "-auto-approve", "-input=false", "-json"] }));
  const seconds = (Date.now() - start) / MS_PER_SECOND;
  writeFileSync(logFile, messages.map(({ text }) => `${text}\n`).join(""), { mode: 0o600 });
  return {
    stack,
    code,
    seconds,
    logFile,
    done: messages.findLast(({ done }) => done)?.done,
    errors: errorsOf(code, messages),
  };
}

function errorsOf(code: number | null, messages: readonly TerraformMessage[]): string[] {
  const errors = messages.flatMap(({ error }) => error ?? []);
  if (code === 0 || errors.length > 0) return errors;
  return [messages.findLast(({ text }) => text.trim() !== "")?.text.trim() ?? "Terraform ended without a word"];
}
