import { PlanError } from "./terraform-plan";
import type { TerraformPlan } from "./terraform-plan";

/** The output that says whose state it is; states of before it was there do not have it (stacks/city-stack.ts). */
const OWNER = "stack";

/**
 * Refuses a plan that was made with another stack's state, as after a wrong restore: it would turn the other's
 * resources into this stack's.
 * @throws PlanError that names both
 */
export function requireOwnState(stack: string, { output_changes: outputs = {} }: TerraformPlan): void {
  const owner = outputs[OWNER]?.before;
  if (typeof owner !== "string" || owner === stack) return;
  throw new PlanError(
    `its state is that of ${owner}: put back its own, for example from the store's versions; ` +
      "docs/guides/operations.md has how",
  );
}
