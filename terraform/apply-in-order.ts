import { CommandError, Interrupted, messageOf } from "../runtime/errors";
import { stackGraph } from "./stack-graph";
import type { ApplyStep } from "../preview/apply-order";
import type { Applied } from "./apply-stack";

/** Outcome for a stack of several. */
export type Outcome =
  | Applied
  | {
      readonly result: "failed";
      readonly reason: string;
      /** The log that has more of it. @default - none */
      readonly logFile?: string | undefined;
    };

/** The most stacks that one vCenter takes at a time. */
export const SIDE_BY_SIDE = 4;
/** Terraform that was signalled has written what it did into the state. */
const ENDED = "it was ended: the next deployment goes on from its state";

/**
 * Applies stacks in the order of their dependencies. A running stack is finished, even if another one fails; a stack
 * whose dependency was not applied, and one not yet started when the signal came, is left unchanged.
 * @param apply applies one stack
 * @param tell gets each outcome as it comes
 * @param sideBySide how many at a time
 * @returns the outcome of each stack, in the order of the steps
 */
export async function applyInOrder(
  steps: readonly ApplyStep[],
  apply: (stack: string) => Promise<Applied>,
  signal: AbortSignal,
  tell: (stack: string, outcome: Outcome) => void = () => undefined,
  sideBySide = SIDE_BY_SIDE,
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const afterOf = new Map(steps.map(({ stack, after }) => [stack, after]));
  const run = async (stack: string): Promise<void> => {
    const missing = (afterOf.get(stack) ?? []).filter((name) => outcomes.get(name)?.result !== "applied");
    const outcome = await outcomeOf(stack, missing, apply, signal);
    outcomes.set(stack, outcome);
    tell(stack, outcome);
  };
  await stackGraph(Object.fromEntries(afterOf)).run({ concurrency: sideBySide, run });
  return new Map(steps.flatMap(({ stack }) => entryOf(stack, outcomes.get(stack))));
}

async function outcomeOf(
  stack: string,
  missing: readonly string[],
  apply: (stack: string) => Promise<Applied>,
  signal: AbortSignal,
): Promise<Outcome> {
  if (signal.aborted) return { result: "left", reason: "it was not begun" };
  if (missing.length > 0) return { result: "left", reason: `it comes after ${missing.join(", ")}` };
  try {
    return await apply(stack);
  } catch (error) {
    if (error instanceof Interrupted) return { result: "failed", reason: ENDED };
    return { result: "failed", reason: messageOf(error), logFile: logOf(error) };
  }
}

function logOf(error: unknown): string | undefined {
  return error instanceof CommandError ? error.logFile : undefined;
}

function entryOf(stack: string, outcome: Outcome | undefined): [string, Outcome][] {
  return outcome === undefined ? [] : [[stack, outcome]];
}
