import { driftOf } from "./drift";
import { describe, resourceChanges } from "./resource-change";
import type { ResourceChange } from "./resource-change";
import { changedOutputs } from "./terraform-plan";
import type { TerraformPlan } from "./terraform-plan";
import { UNKNOWN_ADDRESS } from "./upstream";

/** What came of planning a stack: its plan, or why there is none. */
export type PlanResult =
  { readonly stack: string; readonly plan: TerraformPlan } | { readonly stack: string; readonly failure: string };

/** A stack, and what its plan changes. */
export interface StackPreview {
  /** Name of the stack. */
  readonly stack: string;
  /** Whether anything changes; `failed` where nobody knows. */
  readonly result: "unchanged" | "changes" | "failed";
  /** Why it could not be planned; null where it could. */
  readonly failure: string | null;
  /** What changes, in Terraform's order. */
  readonly changes: readonly ResourceChange[];
  /** Names of its outputs that change: other stacks are told. */
  readonly outputs: readonly string[];
  /** What was changed behind Terraform's back, in Terraform's order; the plan's changes set most of it back. */
  readonly drift: readonly ResourceChange[];
}

/** What the plan of a stack changes, or why there is none. */
export function stackPreview(result: PlanResult): StackPreview {
  const { stack } = result;
  if ("failure" in result)
    return { stack, result: "failed", failure: result.failure, changes: [], outputs: [], drift: [] };
  const changes = resourceChanges(result.plan)
    .map(describe)
    .filter(({ address }) => address !== UNKNOWN_ADDRESS);
  const outputs = changedOutputs(result.plan);
  return {
    stack,
    result: changes.length + outputs.length === 0 ? "unchanged" : "changes",
    failure: null,
    changes,
    outputs,
    drift: driftOf(result.plan),
  };
}
