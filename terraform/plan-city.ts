import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Say } from "../runtime/progress";
import { stackGraph } from "./stack-graph";
import type { Outputs } from "../preview/upstream";
import { planStack } from "./plan-stack";
import type { Planning, StackResult, StackToPlan } from "./plan-stack";
import type { StackNode } from "./manifest";

/**
 * Plans the stacks of a city, as many at a time as there are processors, each after its dependencies and with their
 * planned outputs. A stack whose dependency could not be planned is not planned; all others are.
 * @returns a result for each stack, in the order of the names
 */
export async function planCity(
  stacks: readonly StackNode[],
  planning: Planning & { readonly signal: AbortSignal },
  say: Say,
): Promise<StackResult[]> {
  mkdirSync(planning.logs, { recursive: true });
  const results = new Map<string, StackResult>();
  const stoodOn = new Set(stacks.flatMap((stack) => stack.dependencies));
  const nodes = new Map(stacks.map((node) => [node.name, { ...node, handsOver: stoodOn.has(node.name) }]));
  const plan = async (name: string): Promise<void> => {
    const node = nodes.get(name);
    if (node === undefined || planning.signal.aborted) return;
    say(`${String(results.size)} of ${String(stacks.length)} done; ${name}`);
    results.set(name, await planNode(node, results, planning));
  };
  const dependencies = Object.fromEntries(stacks.map((node) => [node.name, node.dependencies]));
  await stackGraph(dependencies).run({ concurrency: availableParallelism(), run: plan });
  planning.signal.throwIfAborted();
  return [...results.values()].sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

function planNode(
  stack: StackToPlan,
  results: ReadonlyMap<string, StackResult>,
  planning: Planning,
): Promise<StackResult> {
  const upstream = stack.dependencies.flatMap((dependency) => results.get(dependency) ?? []);
  const failed = upstream.filter((result) => "failure" in result).map(({ stack }) => stack);
  if (failed.length > 0)
    return Promise.resolve({ stack: stack.name, failure: `not planned: it stands on ${failed.join(", ")}` });
  return planStack(stack, new Map(upstream.map(outputsOf)), planning);
}

function outputsOf(result: StackResult): [string, Outputs] {
  if (!("plan" in result)) return [result.stack, {}];
  const { outputs } = result.plan.planned_values;
  return [result.stack, Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))];
}
