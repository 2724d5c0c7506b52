import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Interrupted } from "../../runtime/errors";
import { CloneBudget, sideBySide } from "../../terraform/clone-budget";

const NEVER = new AbortController().signal;

/** Work that ends when it is told to. */
function held(): { readonly work: (atATime: number | undefined) => Promise<number | undefined>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    work: (atATime) => ended.then(() => atATime),
    end: () => {
      end();
    },
  };
}

/** Lets everything go on that can. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe("a budget of clones", () => {
  test("is never exceeded, and every stack has its turn", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(40), { maxLength: 12 }),
        async (most, stacks) => {
          const budget = new CloneBudget(most);
          let [running, peak, done] = [0, 0, 0];
          const work = async (atATime = 0): Promise<void> => {
            running += atATime;
            peak = Math.max(peak, running);
            await settled();
            running -= atATime;
            done += 1;
          };
          await Promise.all(stacks.map((clones) => budget.within(clones, NEVER, work)));
          expect({ running, done, isWithin: peak <= most }).toEqual({
            running: 0,
            done: stacks.length,
            isWithin: true,
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  test("gives a stack what it needs, or all, and nothing to one without clones", async () => {
    const budget = new CloneBudget(8);
    const own = (atATime: number | undefined) => Promise.resolve(atATime);
    expect(await budget.within(3, NEVER, own)).toBe(3);
    expect(await budget.within(250, NEVER, own)).toBe(8);
    expect(await budget.within(0, NEVER, own)).toBeUndefined();
  });

  test("lets a small stack pass no large one that came before it, and one without clones at once", async () => {
    const budget = new CloneBudget(8);
    const first = held();
    const order: string[] = [];
    const noted = (name: string) => () => Promise.resolve(void order.push(name));
    const all = [
      budget.within(5, NEVER, first.work),
      budget.within(250, NEVER, noted("large")),
      budget.within(1, NEVER, noted("small")),
      budget.within(0, NEVER, noted("none")),
    ];
    await settled();
    expect(order).toEqual(["none"]);
    first.end();
    await Promise.all(all);
    expect(order).toEqual(["none", "large", "small"]);
  });

  test("is given back by a stack that fails", async () => {
    const budget = new CloneBudget(2);
    await expect(budget.within(2, NEVER, () => Promise.reject(new Error("no space")))).rejects.toThrow("no space");
    expect(await budget.within(2, NEVER, (atATime) => Promise.resolve(atATime))).toBe(2);
  });

  test("keeps nobody waiting after Ctrl-C, and counts nothing for who left", async () => {
    const budget = new CloneBudget(2);
    const [first, stop] = [held(), new AbortController()];
    const running = budget.within(2, NEVER, first.work);
    const waiting = budget.within(2, stop.signal, () => Promise.resolve(0));
    const behind = budget.within(1, NEVER, (atATime) => Promise.resolve(atATime));
    stop.abort();
    await expect(waiting).rejects.toThrow(Interrupted);
    await expect(budget.within(1, stop.signal, () => Promise.resolve(0))).rejects.toThrow(Interrupted);
    first.end();
    await running;
    expect(await behind).toBe(1);
  });
});

test("a program that does not know which stack clones divides the budget among two, or has one alone", () => {
  expect([1, 2, 3, 8, 21].map(sideBySide)).toEqual([
    { stacks: 1, operations: 1 },
    { stacks: 2, operations: 1 },
    { stacks: 2, operations: 1 },
    { stacks: 2, operations: 4 },
    { stacks: 2, operations: 10 },
  ]);
});
