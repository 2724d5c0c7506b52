import { rmSync } from "node:fs";
import { shortest } from "../../runtime/paths";
import { messageOf } from "../../runtime/errors";
import { erroredFate, erroredStates, pushState, storedState } from "../../terraform/errored-state";
import type { ErroredState } from "../../terraform/errored-state";
import { fateText } from "../../terraform/fate";
import type { Planning } from "../../terraform/plan-stack";
import { terraformOf } from "./locks";

/** A state in a file, and what was done with it. */
export interface StateLeft {
  /** A sentence for its line. */
  readonly text: string;
  /** Whether somebody has to look at it, or at the store. */
  readonly isOpen: boolean;
  /** Whether it may have machines that are then in a state: `--repair` stores it. */
  readonly isPending: boolean;
}

const TEXTS = { push: "not stored yet", superseded: "stored already" };
const DONE = { isOpen: false, isPending: false };

/** Looks at each state that a deployment could not store, and stores those that may be, oldest first. @param repair whether they are */
export async function statesLeft(stacks: readonly string[], planning: Planning, repair: boolean): Promise<StateLeft[]> {
  const results: StateLeft[] = [];
  for (const left of erroredStates(planning.output, stacks)) results.push(await one(left, planning, repair));
  return results;
}

async function one({ stack, file }: ErroredState, planning: Planning, repair: boolean): Promise<StateLeft> {
  const terraform = terraformOf(stack, planning);
  const of = `${stack}: ${shortest(file)}`;
  try {
    const fate = erroredFate(file, await storedState(terraform));
    const isPending = fate.kind === "push";
    if (fate.kind === "left-alone" || !repair)
      return { text: `${of}: ${fateText(fate, TEXTS)}`, isOpen: true, isPending };
    if (fate.kind === "push") await pushState(file, terraform);
    else rmSync(file);
    return { text: `${of}: ${fate.kind === "push" ? "stored" : "deleted, it was stored already"}`, ...DONE };
  } catch (error) {
    return { text: `${of}: ${messageOf(error)}`, isOpen: true, isPending: true };
  }
}
