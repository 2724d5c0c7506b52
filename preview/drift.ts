import { isDeepStrictEqual } from "node:util";
import { withoutEmpty } from "./known-value";
import { changedAttributes, describe, objectKey, resourceChanges, valuesOf } from "./resource-change";
import type { ResourceChange } from "./resource-change";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/**
 * The drift in a plan: resources that are missing, and those that differ from the state in an attribute that the plan
 * would set back. So values that vCenter or Vault fill in are left out, and so are changes of the file.
 */
export function driftOf(plan: TerraformPlan): ResourceChange[] {
  const planned = new Map(resourceChanges(plan).map((change) => [objectKey(change), changedAttributes(change)]));
  return plan.resource_drift
    .filter(({ mode }) => mode === "managed")
    .flatMap((drifted) => {
      const change = describe(drifted);
      if (change.action === "destroy") return [change];
      const set = planned.get(objectKey(drifted)) ?? [];
      const attributes = changedAttributes(drifted).filter((name) => set.includes(name) && differs(drifted, name));
      return attributes.length === 0 ? [] : [{ ...change, attributes }];
    });
}

function differs(drifted: PlannedResource, name: string): boolean {
  const { before, after } = valuesOf(drifted);
  return !isDeepStrictEqual(withoutEmpty(before[name]), withoutEmpty(after[name]));
}
