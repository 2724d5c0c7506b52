import { count, escaped } from "../../environments/display";
import type { StrayOutcome } from "./remove";
import { strayText } from "./strays";
import type { Stray } from "./strays";

/** Lines on machines in no state, and on what was done with them. */
export function straysText(found: readonly Stray[], outcomes: readonly StrayOutcome[]): string[] {
  const lines = found.map((stray) => {
    const outcome = outcomes.find(({ stray: one }) => one === stray);
    return `${stray.name}: ${escaped(outcome === undefined ? strayText(stray) : outcomeText(outcome))}`;
  });
  return [`${count(found.length, "machine")} in no state`, ...lines];
}

function outcomeText({ stray: { machine }, done, failure }: StrayOutcome): string {
  return `${machine.path}: ${failure === undefined ? done : `not ${done}: ${failure}`}`;
}
