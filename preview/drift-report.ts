import type { DeployedCity } from "../environments/model/city";
import { othersChanges } from "./others-changes";
import type { OthersChange } from "./others-changes";
import type { ResourceChange } from "./resource-change";
import { stackPreview } from "./stack-preview";
import type { PlanResult, StackPreview } from "./stack-preview";

/** A city's drift: what was changed outside Terraform. Also the shape of its JSON. */
export interface DriftReport {
  /** The city's id. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** `failed` where a stack could not be planned, whatever the others have. */
  readonly result: "none" | "drifted" | "failed";
  /** Every stack, by name. */
  readonly stacks: readonly StackDrift[];
}

/** A stack and its drift. */
export interface StackDrift extends Pick<StackPreview, "stack" | "failure"> {
  /** Resources that are missing, or differ in the listed attributes. */
  readonly drift: readonly ResourceChange[];
  /** What others changed since the stack was applied last and no plan sets back: no drift. @default - nothing */
  readonly others?: readonly OthersChange[];
}

/** The drift in the plans of a city's stacks. */
export function driftReport({ city, asOf }: DeployedCity, results: readonly PlanResult[]): DriftReport {
  const stacks = results.map((planned) => {
    const { stack, failure, drift } = stackPreview(planned);
    const others = "plan" in planned ? othersChanges(planned.plan) : [];
    return { stack, failure, drift, ...(others.length > 0 && { others }) };
  });
  return { city: city.id, asOf, result: resultOf(stacks), stacks };
}

function resultOf(stacks: readonly StackDrift[]): DriftReport["result"] {
  if (stacks.length === 0 || stacks.some(({ failure }) => failure !== null)) return "failed";
  return stacks.some(({ drift }) => drift.length > 0) ? "drifted" : "none";
}
