import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGraphError } from "p-graph";
import type { PGraph } from "p-graph";
import type { CdktfContext } from "./cdktf";
import { inStack, isInitialized } from "./plan";
import { INIT } from "../terraform/run";
import type { StackChild } from "./plan";
import { stackGraph } from "../terraform/stack-graph";
import type { TerraformMessage } from "../terraform/message";
import { errorsOf, runTerraform } from "../terraform/run";
import type { TerraformChild, TerraformRun } from "../terraform/run";

/** Terraform's command on a stack. */
export type StackAction = "apply" | "destroy";

/** Result of running Terraform on a stack. */
export interface StackRun {
  readonly stack: string;
  /** Terraform's exit code, null where a signal ended it; undefined where it was not started. */
  readonly code: number | null | undefined;
  /** Duration of Terraform. */
  readonly seconds: number;
  /** Counts of changes; undefined where it did not finish. */
  readonly done: TerraformMessage["done"];
  /** Terraform's errors, a line each; where it failed without one, its last message. */
  readonly errors: readonly string[];
  /** Log of its last command. */
  readonly logFile: string;
}

/** The stacks, and their dependencies. */
export interface StackWork {
  readonly action: StackAction;
  /** Path of Terraform. */
  readonly terraform: string;
  readonly stacks: readonly string[];
  /** Dependencies of each stack, by stack. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

const MS_PER_SECOND = 1000;

/**
 * Makes Terraform apply or destroy stacks in the order of their dependencies; a stack whose dependency failed is not
 * run. Without cdktf, which may lose the end of Terraform's output and reports no times.
 * @returns the runs in the order in which they ended
 */
export async function runStacks(context: CdktfContext, work: StackWork): Promise<StackRun[]> {
  mkdirSync(join(context.paths.logs, work.action), { recursive: true });
  const runs: StackRun[] = [];
  const begin = async (stack: string): Promise<void> => {
    if (context.signal?.aborted === true) return;
    context.say(`${String(runs.length)} of ${String(work.stacks.length)} done; ${stack}`);
    const result = await runOne(context, work, stack);
    runs.push(result);
    if (result.code !== 0) throw new StackFailed(stack);
  };
  await orderOf(work).run({ concurrency: context.sideBySide.stacks, continue: true, run: begin }).catch(unlessFailed);
  context.signal?.throwIfAborted();
  const ran = new Set(runs.map(({ stack }) => stack));
  return [...runs, ...work.stacks.filter((stack) => !ran.has(stack)).map((stack) => ({ ...NEVER, stack }))];
}

const NEVER = { code: undefined, seconds: 0, done: undefined, errors: [], logFile: "" } as const;

/** Prevents dependent stacks from running. */
class StackFailed extends Error {
  public override readonly name = "StackFailed";
}

/** A stack's failure is in its run; other errors are thrown. */
function unlessFailed(error: unknown): void {
  const errors = error instanceof PGraphError ? error.taskErrors : [error];
  const other = errors.find((one): one is Error => one instanceof Error && !(one instanceof StackFailed));
  if (other !== undefined) throw other;
}

/** A stack is applied after its dependencies, and destroyed before them. */
function orderOf({ action, stacks, dependencies }: StackWork): PGraph {
  const among = Object.fromEntries(stacks.map((stack) => [stack, dependencies[stack] ?? []]));
  return stackGraph(among, action === "destroy");
}

async function runOne(context: CdktfContext, { action, terraform }: StackWork, stack: string): Promise<StackRun> {
  const logFile = join(context.paths.logs, action, `${stack}.log`);
  const child = { ...inStack(context, terraform, stack), logFile };
  const start = Date.now();
  const result = await initializedAnd(action, child, context.sideBySide);
  const seconds = (Date.now() - start) / MS_PER_SECOND;
  return {
    stack,
    code: result.code,
    seconds,
    logFile,
    done: result.messages.findLast(({ done }) => done)?.done,
    errors: errorsOf(result),
  };
}

async function initializedAnd(
  action: StackAction,
  child: TerraformChild & StackChild,
  { operations }: CdktfContext["sideBySide"],
): Promise<TerraformRun> {
  if (!isInitialized(child)) {
    const init = await runTerraform(INIT, child);
    if (init.code !== 0) return init;
  }
  const bound = action === "apply" ? [`-parallelism=${String(operations)}`] : [];
  return runTerraform([action, "-auto-approve", "-input=false", ...bound], child);
}
