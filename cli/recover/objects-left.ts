import { join } from "node:path";
import { count, escaped } from "../../environments/display";
import type { DeployedCity } from "../../environments/model/city";
import { run } from "../../runtime/process";
import type { Planning, StackResult } from "../../terraform/plan-stack";
import { errorsOf } from "../../terraform/run";
import { importId, mayStand } from "./import-ids";
import { standing } from "./standing";
import type { Wanted } from "./standing";

/** An object that stands where a deployment would make it, and is in no state. */
export interface ObjectLeft {
  readonly stack: string;
  /** Address of its resource in the stack. */
  readonly address: string;
  /** What `terraform import` takes for it. */
  readonly id: string;
}

/** What came of an adoption. */
export interface Adoption {
  readonly object: ObjectLeft;
  /** Why it could not be adopted. @default - it was */
  readonly failure?: string;
}

/** A job that is just ending may still hold the state's lock. */
const IMPORT = ["import", "-input=false", "-no-color", "-lock-timeout=5m"];

/** The objects that plans would make and that stand: those below one that is in no state are found once that is adopted. */
export async function objectsLeft(city: DeployedCity, results: readonly StackResult[]): Promise<ObjectLeft[]> {
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
export async function adoptObjects(found: readonly ObjectLeft[], planning: Planning): Promise<Adoption[]> {
  const adoptions: Adoption[] = [];
  for (const object of found) {
    planning.signal?.throwIfAborted();
    adoptions.push(await adopted(object, planning));
  }
  return adoptions;
}

async function adopted(object: ObjectLeft, planning: Planning): Promise<Adoption> {
  const cwd = join(planning.output, "stacks", object.stack);
  const logFile = join(planning.logs, `${object.stack}-import.log`);
  const args = [...IMPORT, object.address, object.id];
  const { code, tail } = await run({ ...planning, command: planning.terraform, cwd, logFile, args });
  if (code === 0) return { object };
  const messages = tail.map((text) => ({ text }));
  return { object, failure: `terraform import: ${errorsOf({ code, messages }).join("; ")}` };
}

/** Lines on the objects in no state, and on what was done with them. */
export function objectsText(found: readonly ObjectLeft[], adoptions: readonly Adoption[]): string[] {
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
