import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CdktfContext } from "./cdktf";
import { deployedStacks } from "./cdktf";
import { run, runOrThrow } from "./process";

/** What a plan of a stack says. */
export interface StackPlan {
  readonly stack: string;
  /** `absent`: it was never deployed, so everything in it would be made. */
  readonly result: "unchanged" | "changes" | "absent" | "failed";
  /** Terraform's own summary, or the end of its output where it failed. */
  readonly summary: string;
  readonly logFile: string;
}

/** Plans that run at a time: Terraform keeps about one core busy. */
const CONCURRENCY = 2;
const CHANGES = 2;

/**
 * Plans stacks with Terraform itself: `cdktf diff` takes one stack at a time and costs several seconds a call.
 * Without a lock, as nothing is written.
 */
export async function planStacks(
  context: CdktfContext,
  terraform: string,
  stacks: readonly string[],
): Promise<StackPlan[]> {
  mkdirSync(join(context.paths.logs, "plans"), { recursive: true });
  const deployed = new Set(deployedStacks(context.paths));
  const waiting = [...stacks];
  const plans: StackPlan[] = [];
  const worker = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack !== undefined; stack = waiting.shift()) {
      context.say(`${String(plans.length)} of ${String(stacks.length)} done; ${stack}`);
      plans.push(deployed.has(stack) ? await planStack(context, terraform, stack) : absent(context, stack));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return plans.sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

async function planStack(context: CdktfContext, terraform: string, stack: string): Promise<StackPlan> {
  const cwd = join(context.paths.output, "stacks", stack);
  const logFile = logOf(context, stack);
  const { env, redactor, signal } = context;
  const options = { command: terraform, cwd, env, logFile, redactor, signal };
  if (!existsSync(join(cwd, ".terraform"))) {
    await runOrThrow(`terraform init of ${stack}`, { ...options, args: ["init", "-input=false", "-no-color"] });
  }
  const args = ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"];
  const { code, tail } = await run({ ...options, args });
  if (code === 0) return { stack, result: "unchanged", summary: "no changes", logFile };
  if (code !== CHANGES) return { stack, result: "failed", summary: tail.join("\n"), logFile };
  const summary = tail.find((line) => line.startsWith("Plan:")) ?? "changes to outputs";
  return { stack, result: "changes", summary, logFile };
}

function absent(context: CdktfContext, stack: string): StackPlan {
  return { stack, result: "absent", summary: "not deployed yet", logFile: logOf(context, stack) };
}

function logOf(context: CdktfContext, stack: string): string {
  return join(context.paths.logs, "plans", `${stack}.log`);
}
