import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CdktfContext } from "./cdktf";
import { appliedStacks, orphanedStacks } from "./cdktf";
import { mapConcurrently } from "../runtime/map-concurrently";
import { CommandError, Interrupted } from "../runtime/errors";
import { run } from "../runtime/process";
import { INIT } from "../terraform/run";
import type { ChildOptions, ChildResult } from "../runtime/process";

/** Result of planning a stack. */
export interface StackPlan {
  readonly stack: string;
  /**
   * `absent`: never deployed, so everything would be created. `orphaned`: deployed, but no longer declared, so there is
   * nothing to plan.
   */
  readonly result: "unchanged" | "changes" | "absent" | "orphaned" | "failed";
  /** Terraform's summary, or the end of its output where it failed. */
  readonly summary: string;
  readonly logFile: string;
}

/** Concurrent plans: Terraform keeps about one core busy. */
const CONCURRENCY = 2;
const CHANGES = 2;
const ORPHANED =
  "deployed, but no file declares it any more: what it made stays until the file declares it again and " +
  "'npm run lab -- destroy' removes it";

/**
 * Plans stacks with Terraform itself: `cdktf diff` takes one stack at a time and several seconds for each call. Without
 * a lock, as nothing is written.
 */
export async function planStacks(
  context: CdktfContext,
  terraform: string,
  stacks: readonly string[],
): Promise<StackPlan[]> {
  mkdirSync(join(context.paths.logs, "plans"), { recursive: true });
  const applied = new Set(appliedStacks(context.paths));
  const orphaned = new Set(orphanedStacks(context.paths));
  let done = 0;
  const plans = await mapConcurrently(stacks, CONCURRENCY, context.signal, async (stack): Promise<StackPlan> => {
    context.say(`${String(done)} of ${String(stacks.length)} done; ${stack}`);
    const logFile = join(context.paths.logs, "plans", `${stack}.log`);
    if (orphaned.has(stack)) return { stack, result: "orphaned", summary: ORPHANED, logFile };
    if (!applied.has(stack)) return { stack, result: "absent", summary: "not deployed yet", logFile };
    const plan = await planStack(context, terraform, stack, logFile);
    done += 1;
    return { stack, logFile, ...plan };
  });
  return plans.toSorted((a, b) => (a.stack < b.stack ? -1 : 1));
}

async function planStack(
  context: CdktfContext,
  terraform: string,
  stack: string,
  logFile: string,
): Promise<Pick<StackPlan, "result" | "summary">> {
  const options = { ...inStack(context, terraform, stack), logFile };
  try {
    if (!isInitialized(options)) {
      const { code, tail } = await run({ ...options, args: [...INIT, "-no-color"] });
      if (code !== 0) return { result: "failed", summary: ["terraform init failed", ...tail].join("\n") };
    }
    return await plan(options);
  } catch (error) {
    // Terraform could not be started; the other stacks are still planned.
    if (!(error instanceof CommandError) || error instanceof Interrupted) throw error;
    return { result: "failed", summary: error.message };
  }
}

/** How Terraform runs in the folder of a synthesized stack. */
export function inStack(context: CdktfContext, terraform: string, stack: string): StackChild {
  const { env, redactor, signal, paths } = context;
  return { command: terraform, cwd: join(paths.output, "stacks", stack), env, redactor, signal };
}

/** @see inStack */
export type StackChild = Omit<ChildOptions, "args" | "cwd"> & { readonly cwd: string };

/** Whether the stack is initialized, by cdktf or here. */
export function isInitialized({ cwd }: StackChild): boolean {
  return existsSync(join(cwd, ".terraform"));
}

async function plan(options: Omit<ChildOptions, "args">): Promise<Pick<StackPlan, "result" | "summary">> {
  const args = ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"];
  const { code, tail }: ChildResult = await run({ ...options, args });
  if (code === 0) return { result: "unchanged", summary: "no changes" };
  if (code !== CHANGES) return { result: "failed", summary: tail.join("\n") };
  return { result: "changes", summary: tail.find((line) => line.startsWith("Plan:")) ?? "changes to outputs" };
}
