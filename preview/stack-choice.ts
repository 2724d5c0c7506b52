import { digestOf } from "./known-value";
import { changedOutputs } from "./terraform-plan";
import type { TerraformPlan } from "./terraform-plan";

/** Which stacks are planned, where not all are. */
export interface StackChoice {
  /** Names of the stacks that are planned whatever others hand over. */
  readonly stacks: ReadonlySet<string>;
  /**
   * Digests of the outputs that other stacks had read when nothing was to be done in them, by stack. @default - not
   * known: then what the states have counts
   */
  readonly outputs?: ReadonlyMap<string, OutputDigests> | undefined;
}

/** Digests of a stack's outputs, by name. */
export type OutputDigests = Readonly<Record<string, string>>;

/** Digests of the outputs that a plan hands over; those that are not known before the apply are missing. */
export function outputDigests({ planned_values: { outputs } }: TerraformPlan): OutputDigests {
  const known = Object.entries(outputs).filter(([, { value }]) => value !== undefined);
  return Object.fromEntries(known.map(([name, { value }]) => [name, digestOf(value, undefined)]));
}

/**
 * Whether a plan hands over something else than a stack has read.
 * @param read names of the outputs that the stack reads
 * @param before what it read when nothing was to be done. @default - not known: what the state has
 */
export function handsOverAnew(
  plan: TerraformPlan,
  read: ReadonlySet<string>,
  before: OutputDigests | undefined,
): boolean {
  const changed = new Set(changedOutputs(plan));
  const now = outputDigests(plan);
  return [...read].some((name) => changed.has(name) || (before !== undefined && before[name] !== now[name]));
}
