import { z } from "zod";
import { MACHINE } from "./resource-change";
import type { TerraformPlan } from "./terraform-plan";

const before = z.object({ uuid: z.string().min(1) });

/** A machine that a plan creates: in place of one that its state has, or where it has none. */
export interface NewMachine {
  /** Name of the seat and so of the machine. */
  readonly seat: string;
  /** Its address in the stack. */
  readonly address: string;
  /** BIOS UUID of the machine that it replaces. @default - the state has none */
  readonly replaces?: string;
}

/** The machines that a plan creates under seats' names. */
export function newMachines({ resource_changes: changes }: TerraformPlan): NewMachine[] {
  return changes.flatMap(({ type, index, address, deposed, change }) => {
    const isSeat = type === MACHINE && typeof index === "string" && deposed === undefined;
    if (!isSeat || !change.actions.includes("create")) return [];
    const was = before.safeParse(change.before);
    return [{ seat: index, address, ...(was.success && { replaces: was.data.uuid }) }];
  });
}
