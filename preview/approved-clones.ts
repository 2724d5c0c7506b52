import { isMade } from "./approval";
import type { ApprovedStack } from "./approval";
import { MACHINE } from "./resource-change";

/** How many machines an approved stack may clone; no more, since its plan is refused otherwise. */
export function approvedClones(approved: ApprovedStack | undefined): number {
  return (approved?.changes ?? []).filter(({ address, action }) => isMade(action) && address.startsWith(`${MACHINE}.`))
    .length;
}
