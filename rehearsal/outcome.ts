import type { StackPlan } from "../lab/plan";
import type { StackRun } from "../lab/stack-runs";
import type { StackOutcome } from "./step";

/** Outcome of a stack that Terraform applied or destroyed. */
export function runOutcome({ stack, code, seconds, done, errors, logFile }: StackRun): StackOutcome {
  if (code === undefined) return { stack, result: "not reached", seconds: null, errors };
  if (code !== 0) return { stack, result: "failed", seconds, errors, logFile };
  const { added = 0, changed = 0, destroyed = 0 } = done ?? {};
  if (added + changed + destroyed === 0) return { stack, result: "unchanged", seconds, errors };
  const counts = Object.entries({ added, changed, destroyed }).filter(([, number]) => number > 0);
  const summary = counts.map(([word, number]) => `${String(number)} ${word}`).join(", ");
  return { stack, result: "done", seconds, summary, errors };
}

/** Outcome of a stack's plan that must be empty. */
export function planOutcome({ stack, result, summary, logFile }: StackPlan): StackOutcome {
  if (result === "unchanged") return { stack, result, seconds: null, errors: [] };
  if (result === "orphaned") return { stack, result: "left", seconds: null, errors: [] };
  return { stack, result: "failed", seconds: null, errors: [whyNotEmpty(result, summary)], logFile };
}

function whyNotEmpty(result: StackPlan["result"], summary: string): string {
  if (result === "changes") return `the plan is not empty: ${summary}`;
  const lines = summary.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => line.includes("Error: ")) ?? lines.at(-1) ?? summary).trim();
}
