import type { DeployedCity } from "../environments/model/city";
import { configurationDigest } from "./approval";
import { othersChanges } from "./others-changes";
import type { OthersChange } from "./others-changes";
import type { ResourceChange } from "./resource-change";
import { outputDigests } from "./stack-choice";
import type { OutputDigests } from "./stack-choice";
import { stackPreview } from "./stack-preview";
import type { PlanResult, StackPreview } from "./stack-preview";

/** A city's drift: what was changed outside Terraform. Also the shape of its JSON. */
export interface DriftReport {
  /** The city's id. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** When the look began, as 2026-11-30T02:17:00.000Z. */
  readonly lookedAt: string;
  /** `failed` where a stack could not be planned, whatever the others have. */
  readonly result: "none" | "drifted" | "failed";
  /** Every stack, by name. */
  readonly stacks: readonly StackDrift[];
}

/** What was planned of a stack. It has digests, no values. */
export interface PlannedThen {
  /** SHA-256 of what its file declares: of its cdk.tf.json. */
  readonly configuration: string;
  /** Whether nothing was to be done: it stood as its file has it, without drift. */
  readonly asDeclared: boolean;
  /** SHA-256 of the outputs that other stacks read, by name. */
  readonly outputs: OutputDigests;
}

/** A stack and its drift. */
export interface StackDrift extends Pick<StackPreview, "stack" | "failure"> {
  /** Resources that are missing, or differ in the listed attributes. */
  readonly drift: readonly ResourceChange[];
  /** What was planned, for previews that leave out what has not changed since. @default - it could not be planned */
  readonly planned?: PlannedThen;
  /** What others changed since the stack was applied last and no plan sets back: no drift. @default - nothing */
  readonly others?: readonly OthersChange[];
}

/** A stack's plan, and the text of the cdk.tf.json that was planned; or why there is no plan. */
export type DriftPlan = PlanResult & { readonly configuration?: string };

/** The drift in the plans of a city's stacks. @param lookedAt when the look began */
export function driftReport({ city, asOf }: DeployedCity, results: readonly DriftPlan[], lookedAt: Date): DriftReport {
  const stacks = results.map(stackDrift);
  return { city: city.id, asOf, lookedAt: lookedAt.toISOString(), result: resultOf(stacks), stacks };
}

function stackDrift(result: DriftPlan): StackDrift {
  const { stack, failure, drift, result: would } = stackPreview(result);
  const others = "plan" in result ? othersChanges(result.plan) : [];
  const asDeclared = would === "unchanged" && drift.length === 0;
  return { stack, failure, drift, ...plannedOf(result, asDeclared), ...(others.length > 0 && { others }) };
}

function plannedOf(result: DriftPlan, asDeclared: boolean): Pick<StackDrift, "planned"> {
  if (!("plan" in result) || result.configuration === undefined) return {};
  const configuration = configurationDigest(result.configuration);
  return { planned: { configuration, asDeclared, outputs: outputDigests(result.plan) } };
}

function resultOf(stacks: readonly StackDrift[]): DriftReport["result"] {
  if (stacks.length === 0 || stacks.some(({ failure }) => failure !== null)) return "failed";
  return stacks.some(({ drift }) => drift.length > 0) ? "drifted" : "none";
}
