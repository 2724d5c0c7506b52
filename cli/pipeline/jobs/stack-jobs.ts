import type { ApplyStep } from "../../../preview/apply-order";

/** The stacks of one job, in an order in which they can be handled one after the other. */
export type StackJob = readonly string[];

/**
 * Jobs in layers: those of one layer run side by side, each layer after the one before. Stacks that would need more
 * layers than an engine has are in the last one, in one job with those that they come after.
 * @param steps each stack after its dependencies, as applyOrder gives them
 * @param mostLayers at least 1 @default - as many as there are
 */
export function layersOf(steps: readonly ApplyStep[], mostLayers = Infinity): StackJob[][] {
  const depths = new Map<string, number>();
  for (const { stack, after } of steps) {
    depths.set(stack, 1 + Math.max(-1, ...after.map((name) => depths.get(name) ?? -1)));
  }
  const layers: ApplyStep[][] = [];
  for (const step of steps) {
    const layer = Math.min(depths.get(step.stack) ?? 0, mostLayers - 1);
    (layers[layer] ??= []).push(step);
  }
  return layers.map(chainedJobs);
}

/** A job for each set of stacks of one layer that come after one another. */
function chainedJobs(layer: readonly ApplyStep[]): StackJob[] {
  const jobs = new Map<string, string[]>();
  for (const { stack, after } of layer) {
    const before = new Set(after.flatMap((name) => jobs.get(name) ?? []));
    // The order of the layer is kept: each stack after its dependencies.
    const joined = [...layer.map((step) => step.stack).filter((name) => before.has(name)), stack];
    for (const name of joined) jobs.set(name, joined);
  }
  return [...new Set(jobs.values())];
}

/** The same work in at most so many jobs, as evenly as can be; the order within each job is kept. */
export function packed(jobs: readonly StackJob[], most: number): StackJob[] {
  const groups = Math.min(jobs.length, most);
  return Array.from({ length: groups }, (_, group) => jobs.filter((_, index) => index % groups === group).flat());
}

/** The stacks in jobs of at most so many each. */
export function grouped(stacks: readonly string[], mostInAJob: number): StackJob[] {
  return packed(
    stacks.map((stack) => [stack]),
    Math.ceil(stacks.length / mostInAJob),
  );
}

/** Of the stacks that a stack comes after, those that no other of them comes after: enough for its order. */
export function nextBefore({ after }: ApplyStep, steps: ReadonlyMap<string, ApplyStep>): string[] {
  const implied = new Set(after.flatMap((name) => steps.get(name)?.after ?? []));
  return after.filter((name) => !implied.has(name));
}
