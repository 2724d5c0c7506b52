import { z } from "zod";
import { MACHINE } from "./resource-change";
import type { TerraformPlan } from "./terraform-plan";

const before = z.object({ uuid: z.string().min(1), name: z.string() });
const after = z.object({ vtpm: z.array(z.unknown()).default([]) });

/** A machine that is there. */
export interface ChangedMachine {
  readonly name: string;
  /** BIOS UUID. */
  readonly uuid: string;
}

/**
 * The machines that a plan changes in place or adopts, and whose configuration has no virtual TPM. The provider removes a TPM
 * that is not in its state at each change (2.15.0, `virtual_machine_resource`), and with it the keys that it holds.
 */
export function changedWithoutTpm({ resource_changes: changes }: TerraformPlan): ChangedMachine[] {
  return changes.flatMap(({ type, change }) => {
    const stays = change.actions.length === 1 && change.actions[0] === "update";
    if (type !== MACHINE || !stays) return [];
    const [was, becomes] = [before.safeParse(change.before), after.safeParse(change.after)];
    return was.success && becomes.success && becomes.data.vtpm.length === 0 ? [was.data] : [];
  });
}
