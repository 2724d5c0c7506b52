import { CommandError } from "../runtime/errors";
import { run } from "../runtime/process";
import { MACHINE, resourceChanges } from "../preview/resource-change";
import type { ApprovedStack } from "../preview/approval";
import { PlanError } from "../preview/terraform-plan";
import type { PlannedResource, TerraformPlan } from "../preview/terraform-plan";
import { unapproved } from "../preview/unapproved";
import { planInto, savedPlan } from "./stack";
import type { StackTerraform } from "./stack";

/** The machines that a plan changes and that do not wait: they alone are changed now, and all else once nothing waits. */
export function targetsOf(plan: TerraformPlan, waiting: ReadonlySet<string>): string[] {
  return machinesIn(plan)
    .map(({ address }) => address)
    .filter((address) => !waiting.has(address));
}

/** A stack's machines of which a plan changes something, once each. */
export function machinesIn(plan: TerraformPlan): PlannedResource[] {
  return resourceChanges(plan).filter(({ type, deposed }) => type === MACHINE && deposed === undefined);
}

/** A part of a stack's plan. */
export interface PlanPart {
  readonly plan: TerraformPlan;
  readonly approved: ApprovedStack;
  /** Addresses of the machines that are left out. */
  readonly waiting: ReadonlySet<string>;
  /** Option of Terraform's that waits for the state's lock. */
  readonly lock: string;
}

const MOST_SHOWN = 3;

/**
 * Plans the machines that do not wait into a file, and nothing else.
 * @throws CommandError with Terraform's errors; PlanError where the part would do more than that
 */
export async function planPart(
  file: string,
  { plan, approved, waiting, lock }: PlanPart,
  stack: StackTerraform,
): Promise<void> {
  await moveInState(plan, lock, stack);
  const targets = targetsOf(plan, waiting);
  await planInto(file, [lock, ...targets.map((address) => `-target=${address}`)], stack, { isPart: true });
  const part = await savedPlan(file, stack, { isPart: true });
  const wanted = new Set(targets);
  const others = resourceChanges(part).filter(({ address }) => !wanted.has(address));
  const more = [...others, ...unapproved(approved, part)].map(({ address }) => address);
  if (more.length > 0) throw new PlanError(`a part of it would change more: ${more.slice(0, MOST_SHOWN).join(", ")}`);
}

/**
 * Moves machines to where the stack has them now, in the state alone, as its `moved` blocks would: Terraform plans no part of a stack
 * in which a move is open ("Moved resource instances excluded by targeting"), unless the part has all of where it comes from.
 */
async function moveInState(plan: TerraformPlan, lock: string, stack: StackTerraform): Promise<void> {
  for (const { address, previous_address: before } of plan.resource_changes) {
    if (before === undefined || before === address) continue;
    const { code, tail } = await run({ ...stack, logFile: undefined, args: ["state", "mv", lock, before, address] });
    if (code !== 0) throw new CommandError(`terraform state mv ${before}: ${tail.at(-1) ?? ""}`);
  }
}
