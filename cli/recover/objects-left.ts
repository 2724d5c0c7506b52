import type { DeployedCity } from "../../environments/model/city";
import { importObject } from "../../terraform/state-objects";
import type { ObjectToImport } from "../../terraform/state-objects";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { importId, mayStand } from "./import-ids";
import { objectLines, oneByOne } from "./object-outcomes";
import type { ObjectOutcome } from "./object-outcomes";
import { standing } from "./standing";
import type { Wanted } from "./standing";

/** The objects that plans would make and that stand: those below one that is in no state are found once that is adopted. */
export async function objectsLeft(city: DeployedCity, results: readonly StackResult[]): Promise<ObjectToImport[]> {
  const wanted = results.flatMap(wantedOf);
  if (wanted.length === 0) return [];
  const found = await standing(city, wanted);
  return wanted.flatMap(({ stack, address, type, values }) => {
    const id = importId(type, values, found);
    return id === undefined ? [] : [{ stack, address, id }];
  });
}

function wantedOf(result: StackResult): Wanted[] {
  if (!("plan" in result)) return [];
  return result.plan.resource_changes.flatMap(({ address, type, change: { actions, after } }) => {
    const isMade = actions.length === 1 && actions[0] === "create";
    if (!isMade || !mayStand(type) || typeof after !== "object" || after === null) return [];
    return [{ stack: result.stack, address, type, values: after as Wanted["values"] }];
  });
}

/** Takes the objects into the states of their stacks. */
export function adoptObjects(found: readonly ObjectToImport[], planning: Planning): Promise<ObjectOutcome[]> {
  return oneByOne(found, planning, importObject);
}

/** Lines on the objects in no state, and on what was done with them. */
export function objectsText(found: readonly ObjectToImport[], outcomes: readonly ObjectOutcome[]): string[] {
  const words = { are: "in no state", listed: "stands", done: "adopted" };
  return objectLines(found, outcomes, words, ({ address, id }) => `${address}: ${id}`);
}
