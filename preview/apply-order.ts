import type { Approval, ApprovedStack } from "./approval";

/** A stack to apply. */
export interface ApplyStep {
  readonly stack: string;
  /** Names of the steps that must come before, sorted. */
  readonly after: readonly string[];
}

/**
 * The stacks of an approval that have changes, in an order in which they can be applied. A step comes after all
 * dependencies of its stack, also indirect ones through stacks without changes.
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

/**
 * The steps of named stacks, each after those of them that it stands on; one without approved changes comes last.
 * @param named @default - none: all stacks with approved changes
 */
export function stepsAmong(approval: Approval, named: readonly string[]): ApplyStep[] {
  const all = applyOrder(approval);
  if (named.length === 0) return all;
  const known = all
    .filter(({ stack }) => named.includes(stack))
    .map(({ stack, after }) => ({ stack, after: after.filter((other) => named.includes(other)) }));
  const unchanged = new Set(named.filter((name) => !known.some(({ stack }) => stack === name)));
  return [...known, ...[...unchanged].map((stack) => ({ stack, after: [] }))];
}

/** Other stacks read outputs, and an apply writes them too. */
function isChanged({ changes, outputs }: ApprovedStack): boolean {
  return changes.length > 0 || outputs.length > 0;
}
