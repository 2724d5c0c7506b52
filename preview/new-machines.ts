import { z } from "zod";
import { MACHINE } from "./resource-change";
import type { TerraformPlan } from "./terraform-plan";

/** The provider's id of a machine is its BIOS UUID, and all that the state has of one whose creation broke off. */
const before = z.object({ id: z.string().min(1) });
const after = z.object({ name: z.string().min(1) });

/** A machine that a plan creates: in place of one that its state has, or where it has none. */
export interface NewMachine {
  /** Its name, which is that of its seat, or of its gateway's stack. */
  readonly name: string;
  /** Its address in the stack. */
  readonly address: string;
  /** BIOS UUID of the machine that it replaces. @default - the state has none */
  readonly replaces?: string;
}

/** The machines that a plan creates: of seats, gateways and access machines. */
export function newMachines({ resource_changes: changes }: TerraformPlan): NewMachine[] {
  return changes.flatMap(({ type, address, deposed, change }) => {
    const isMachine = type === MACHINE && deposed === undefined;
    if (!isMachine || !change.actions.includes("create")) return [];
    const [was, made] = [before.safeParse(change.before), after.safeParse(change.after)];
    return made.success ? [{ name: made.data.name, address, ...(was.success && { replaces: was.data.id }) }] : [];
  });
}
