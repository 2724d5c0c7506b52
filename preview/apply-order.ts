import type { Approval, ApprovedStack } from "./approval";

/** A stack that is to be applied. */
export interface ApplyStep {
  readonly stack: string;
  /** Names of the steps that it comes after, sorted. */
  readonly after: readonly string[];
}

/**
 * The stacks of an approval of which something changes, in an order in which they can be applied. A step comes after all that
 * its stack stands on, also by way of stacks of which nothing changes.
 */
export function applyOrder({ stacks }: Approval): ApplyStep[] {
  const all = new Map<string, readonly string[]>();
  const steps: ApplyStep[] = [];
  const visit = (stack: string): readonly string[] => {
    const known = all.get(stack);
    if (known !== undefined) return known;
    const approved = stacks[stack];
    const after = [...new Set((approved?.dependencies ?? []).flatMap(visit))].sort();
    const isStep = approved !== undefined && isChanged(approved);
    if (isStep) steps.push({ stack, after });
    const upTo = isStep ? [...after, stack] : after;
    all.set(stack, upTo);
    return upTo;
  };
  Object.keys(stacks).sort().forEach(visit);
  return steps;
}

/** An output is told to other stacks, and is written by an apply too. */
function isChanged({ changes, outputs }: ApprovedStack): boolean {
  return changes.length > 0 || outputs.length > 0;
}
