import { count, escaped } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import { importObject } from "../../terraform/state-objects";
import type { ObjectToImport } from "../../terraform/state-objects";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { importId, mayStand } from "./import-ids";
import { standing } from "./standing";
import type { Wanted } from "./standing";

/** What came of an adoption. */
export interface Adoption {
  readonly object: ObjectToImport;
  /** Why it could not be adopted. @default - it was */
  readonly failure?: string;
}

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

/** Takes the objects into the states of their stacks, one after the other: each import writes a state. */
export async function adoptObjects(found: readonly ObjectToImport[], planning: Planning): Promise<Adoption[]> {
  const adoptions: Adoption[] = [];
  for (const object of found) {
    planning.signal?.throwIfAborted();
    adoptions.push(await adopted(object, planning));
  }
  return adoptions;
}

async function adopted(object: ObjectToImport, planning: Planning): Promise<Adoption> {
  const failure = await importObject(object, planning);
  return { object, ...(failure !== undefined && { failure }) };
}

/** Lines on the objects in no state, and on what was done with them. */
export function objectsText(found: readonly ObjectToImport[], adoptions: readonly Adoption[]): string[] {
  const lines = found.map((object) => {
    const adoption = adoptions.find((one) => one.object === object);
    const { stack, address, id } = object;
    return escaped(`${stack}: ${address}: ${id}: ${adoption === undefined ? "stands" : adoptionText(adoption)}`);
  });
  return [`${count(found.length, "object")} in no state`, ...lines];
}

function adoptionText({ failure }: Adoption): string {
  return failure === undefined ? "adopted" : `not adopted: ${failure}`;
}
