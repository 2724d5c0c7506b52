import { CommandError, InputError, Interrupted } from "../runtime/errors";
import type { StackOutcome, Step, StepName } from "./step";

const MS_PER_SECOND = 1000;

/** Runs a step and measures it: a failure is a result. */
export async function measured(step: StepName, work: () => Promise<StackOutcome[]>): Promise<Step> {
  const start = performance.now();
  const { stacks, error } = await tried(work);
  const seconds = (performance.now() - start) / MS_PER_SECOND;
  const failed = error !== undefined || stacks.some(({ result }) => result === "failed");
  const said = error === undefined ? {} : { error };
  return { step, result: failed ? "failed" : "passed", seconds, stacks, notes: [], ...said };
}

/** A step that was not run. @param why the reason, in a sentence */
export function skipped(step: StepName, why: string): Step {
  return { step, result: "skipped", seconds: 0, stacks: [], notes: [why] };
}

async function tried(work: () => Promise<StackOutcome[]>): Promise<{ stacks: StackOutcome[]; error?: string }> {
  try {
    return { stacks: await work() };
  } catch (error) {
    if (error instanceof Interrupted || error instanceof InputError || !(error instanceof CommandError)) throw error;
    const last = error.tail.findLast((line) => line.trim() !== "");
    const text = last === undefined ? error.message : `${error.message}: ${last}`;
    return { stacks: [], error: text.replaceAll(/\s+/g, " ").trim() };
  }
}
