import type { DeployedCity } from "../environments/model/city";
import type { ResourceChange } from "./resource-change";
import { stackPreview } from "./stack-preview";
import type { PlanResult, StackPreview } from "./stack-preview";

/** What was changed behind Terraform's back in a city, and the shape of its JSON. */
export interface DriftReport {
  /** The city's id. */
  readonly city: string;
  /** The day that the file is right on. */
  readonly asOf: string;
  /** `failed` where any stack could not be planned, whatever the others say. */
  readonly result: "none" | "drifted" | "failed";
  /** Every stack, by name. */
  readonly stacks: readonly StackDrift[];
}

/** A stack, and what was changed in it behind Terraform's back. */
export interface StackDrift extends Pick<StackPreview, "stack" | "failure"> {
  /** Resources that are gone, or differ in the attributes that are named. */
  readonly drift: readonly ResourceChange[];
}

/** What was changed behind Terraform's back, by the plans of a city's stacks. */
export function driftReport({ city, asOf }: DeployedCity, results: readonly PlanResult[]): DriftReport {
  const stacks = results.map(stackPreview).map(({ stack, failure, drift }) => ({ stack, failure, drift }));
  return { city: city.id, asOf, result: resultOf(stacks), stacks };
}

function resultOf(stacks: readonly StackDrift[]): DriftReport["result"] {
  if (stacks.length === 0 || stacks.some(({ failure }) => failure !== null)) return "failed";
  return stacks.some(({ drift }) => drift.length > 0) ? "drifted" : "none";
}
