import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Say } from "../runtime/progress";
import { stackGraph } from "./stack-graph";
import { handsOverAnew } from "../preview/stack-choice";
import type { StackChoice } from "../preview/stack-choice";
import { outputsRead } from "../preview/upstream";
import type { Outputs } from "../preview/upstream";
import { planStack } from "./plan-stack";
import type { Planning, StackResult, StackToPlan } from "./plan-stack";
import { CONFIG } from "./stack";
import type { StackNode } from "./manifest";

/** What Terraform says where another stack's state is missing, or has no such output yet. */
const NOT_DEPLOYED = /Unable to find remote state|Unsupported attribute/;

type CityPlanning = Planning & { readonly signal: AbortSignal };

/**
 * Plans the stacks of a city, as many at a time as there are processors, each after its dependencies and with their
 * planned outputs. A stack whose dependency could not be planned is not planned; all others are.
 * @param choice which ones: those that it names, and those that read an output that a plan changes. Where one of them
 * turns out to stand on a stack that is not deployed, all are planned. @default - all
 * @param plan plans a stack. @default - Terraform does
 * @returns a result for each planned stack, in the order of the names
 */
export async function planCity(
  stacks: readonly StackNode[],
  planning: CityPlanning,
  say: Say,
  choice?: StackChoice,
  plan = planStack,
): Promise<StackResult[]> {
  mkdirSync(planning.logs, { recursive: true });
  const planned = (chosen?: StackChoice): Promise<StackResult[]> => planChosen(stacks, planning, say, plan, chosen);
  const results = await planned(choice);
  const isUnready = (result: StackResult): boolean => "failure" in result && NOT_DEPLOYED.test(result.failure);
  return choice !== undefined && results.some(isUnready) ? planned() : results;
}

async function planChosen(
  stacks: readonly StackNode[],
  planning: CityPlanning,
  say: Say,
  plan: typeof planStack,
  choice: StackChoice | undefined,
): Promise<StackResult[]> {
  const results = new Map<string, StackResult>();
  const stoodOn = new Set(stacks.flatMap((stack) => stack.dependencies));
  const nodes = new Map(stacks.map((node) => [node.name, node]));
  const work = async (name: string): Promise<void> => {
    const node = nodes.get(name);
    if (node === undefined || planning.signal.aborted) return;
    const dependencies = plannedBefore(node, nodes, results);
    const upstream = dependencies.flatMap((dependency) => results.get(dependency) ?? []);
    if (choice !== undefined && !choice.stacks.has(name) && !readsAnew(name, upstream, { ...choice, ...planning }))
      return;
    say(`${String(results.size)} of ${String(choice?.stacks.size ?? stacks.length)} done; ${name}`);
    const toPlan = { name, dependencies, handsOver: stoodOn.has(name) };
    results.set(name, await planNode(plan, toPlan, upstream, planning));
  };
  const dependencies = Object.fromEntries(stacks.map((node) => [node.name, node.dependencies]));
  await stackGraph(dependencies).run({ concurrency: availableParallelism(), run: work });
  planning.signal.throwIfAborted();
  return [...results.values()].sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

/** The planned stacks that a stack comes after, also through stacks that are not planned. */
function plannedBefore(
  { dependencies }: StackNode,
  nodes: ReadonlyMap<string, StackNode>,
  results: ReadonlyMap<string, StackResult>,
): string[] {
  const all = dependencies.flatMap((name) => {
    const node = nodes.get(name);
    return results.has(name) || node === undefined ? [name] : plannedBefore(node, nodes, results);
  });
  return [...new Set(all)];
}

/** Whether a stack reads what a plan changes, or may change: of a stack that could not be planned nothing is known. */
function readsAnew(
  stack: string,
  upstream: readonly StackResult[],
  { output, outputs }: Planning & StackChoice,
): boolean {
  if (upstream.length === 0) return false;
  const read = outputsRead(readFileSync(join(output, "stacks", stack, CONFIG), "utf8"));
  return upstream.some((result) => {
    const names = read.get(result.stack);
    if (names === undefined) return false;
    return !("plan" in result) || handsOverAnew(result.plan, names, outputs?.get(result.stack));
  });
}

function planNode(
  plan: typeof planStack,
  stack: StackToPlan,
  upstream: readonly StackResult[],
  planning: Planning,
): Promise<StackResult> {
  const failed = upstream.filter((result) => "failure" in result).map(({ stack }) => stack);
  if (failed.length > 0)
    return Promise.resolve({ stack: stack.name, failure: `not planned: it stands on ${failed.join(", ")}` });
  return plan(stack, new Map(upstream.map(outputsOf)), planning);
}

function outputsOf(result: StackResult): [string, Outputs] {
  if (!("plan" in result)) return [result.stack, {}];
  const { outputs } = result.plan.planned_values;
  return [result.stack, Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))];
}
