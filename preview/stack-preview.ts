import { driftOf } from "./drift";
import { gatewayEffect } from "./gateway-change";
import { describe, resourceChanges } from "./resource-change";
import type { ResourceChange } from "./resource-change";
import { changedOutputs } from "./terraform-plan";
import type { TerraformPlan } from "./terraform-plan";
import { UNKNOWN_ADDRESS } from "./upstream";

/** Result of planning a stack: its plan, or the reason why there is none. */
export type PlanResult =
  { readonly stack: string; readonly plan: TerraformPlan } | { readonly stack: string; readonly failure: string };

/** A stack and its planned changes. */
export interface StackPreview {
  /** Name of the stack. */
  readonly stack: string;
  /** Whether anything changes; `failed` where it could not be planned. */
  readonly result: "unchanged" | "changes" | "failed";
  /** Why it could not be planned; null where it could. */
  readonly failure: string | null;
  /** Planned changes, in Terraform's order. */
  readonly changes: readonly ResourceChange[];
  /** Names of its changed outputs, which other stacks read. */
  readonly outputs: readonly string[];
  /** Changes made outside Terraform, in Terraform's order; the plan sets most of them back. */
  readonly drift: readonly ResourceChange[];
}

/** The planned changes of a stack, or why there is no plan. */
export function stackPreview(result: PlanResult): StackPreview {
  const { stack } = result;
  if ("failure" in result)
    return { stack, result: "failed", failure: result.failure, changes: [], outputs: [], drift: [] };
  const changes = resourceChanges(result.plan)
    .map((planned) => ({ ...describe(planned), gateway: gatewayEffect(planned) }))
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
