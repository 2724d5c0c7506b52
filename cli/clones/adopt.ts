import type { DeployedCity } from "../../environments/model/city";
import { importObject } from "../../terraform/state-objects";
import type { Planning } from "../../terraform/plan-stack";
import type { StrayOutcome } from "./remove";
import { importPath } from "./strays";
import type { Stray } from "./strays";

/** Takes the whole machines among strays into the states of their stacks, one after the other: each import writes a state. */
export async function adoptStrays(
  city: DeployedCity,
  found: readonly Stray[],
  planning: Planning,
): Promise<StrayOutcome[]> {
  const outcomes: StrayOutcome[] = [];
  for (const stray of found.filter(({ fate }) => fate.kind === "whole")) {
    if (planning.signal?.aborted === true) break;
    outcomes.push(await adopted(city, stray, planning));
  }
  planning.signal?.throwIfAborted();
  return outcomes;
}

async function adopted(city: DeployedCity, stray: Stray, planning: Planning): Promise<StrayOutcome> {
  const failure = await importObject({ ...stray, id: importPath(city, stray) }, planning);
  return { stray, done: "adopted", ...(failure !== undefined && { failure }) };
}
