import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { applyOrder, stepsAmong } from "../../preview/apply-order";
import type { Approval, ApprovedStack } from "../../preview/approval";

/** Stacks by number, each standing on some of a lower one. */
const CITY = fc
  .array(fc.record({ changes: fc.boolean(), below: fc.array(fc.nat(), { maxLength: 3 }) }), { maxLength: 12 })
  .map((stacks): Approval => ({
    ...{ format: "postazioni-approval-3", city: "milan" },
    stacks: Object.fromEntries(
      stacks.map(({ changes, below }, index) => [
        name(index),
        stack(index === 0 ? [] : below.map((n) => name(n % index)), changes),
      ]),
    ),
  }));

/** Names whose order says nothing of how the stacks stand. */
function name(index: number): string {
  return `milan-${String((index * 7) % 13)}-${String(index)}`;
}

function stack(dependencies: string[], changes: boolean): ApprovedStack {
  const change = { address: "a.b", action: "create" as const, object: null, attributes: {} };
  return { configuration: "0".repeat(64), lock: "", dependencies, outputs: [], changes: changes ? [change] : [] };
}

/** All that a stack stands on, at any depth. */
function below({ stacks }: Approval, name: string): Set<string> {
  const found = new Set<string>();
  const add = (one: string): void => {
    for (const dependency of stacks[one]?.dependencies ?? []) {
      found.add(dependency);
      add(dependency);
    }
  };
  add(name);
  return found;
}

describe("in any city the steps of an approval", () => {
  test("are the stacks that change, each once and after all that it stands on", () => {
    fc.assert(
      fc.property(CITY, (approval) => {
        const steps = applyOrder(approval);
        const changing = Object.keys(approval.stacks).filter((name) => approval.stacks[name]?.changes.length === 1);
        expect(steps.map(({ stack }) => stack).sort()).toEqual([...changing].sort());
        for (const [index, { stack, after }] of steps.entries()) {
          const needed = [...below(approval, stack)].filter((name) => changing.includes(name)).sort();
          expect(after).toEqual(needed);
          const earlier = steps.slice(0, index).map((step) => step.stack);
          expect(after.filter((name) => !earlier.includes(name))).toEqual([]);
        }
      }),
    );
  });
});

describe("the steps of named stacks", () => {
  test("are those alone, each after those of them that it stands on, and the unchanged last", () => {
    fc.assert(
      fc.property(CITY, fc.array(fc.nat(14)), (approval, numbers) => {
        const named = numbers.map(name);
        const steps = stepsAmong(approval, named);
        const order = steps.map(({ stack }) => stack);
        expect(order.toSorted()).toEqual(
          (named.length > 0 ? [...new Set(named)] : applyOrder(approval).map(({ stack }) => stack)).toSorted(),
        );
        const positions = steps.map(({ stack }) => applyOrder(approval).findIndex((step) => step.stack === stack));
        const known = positions.filter((position) => position >= 0);
        expect(known).toEqual(known.toSorted((a, b) => a - b));
        expect(positions.slice(known.length).every((position) => position === -1)).toBe(true);
        // What is not named was applied by somebody else: nobody here waits for it.
        for (const { stack, after } of steps) {
          const all = applyOrder(approval).find((step) => step.stack === stack)?.after ?? [];
          expect(after).toEqual(all.filter((other) => order.includes(other)));
        }
      }),
    );
  });
});
