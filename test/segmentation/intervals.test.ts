import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { intervals, NONE } from "../../segmentation/intervals";
import type { Interval, Intervals } from "../../segmentation/intervals";

/** Every number that the runs of these tests can have, and one on either side. */
const UNIVERSE = Array.from({ length: 24 }, (_, index) => BigInt(index) - 1n);

const runs = fc.array(
  fc.tuple(fc.nat(21), fc.integer({ min: -2, max: 8 })).map(([first, length]): Interval => ({
    first: BigInt(first),
    last: BigInt(Math.min(first + length, 21)),
  })),
  { maxLength: 6 },
);

/** The same numbers one by one. */
function numbers(list: readonly Interval[]): bigint[] {
  return UNIVERSE.filter((number) => list.some(({ first, last }) => first <= number && number <= last));
}

/** A set's numbers, after a look at its form: sorted runs that neither touch nor are empty. */
function members({ list }: Intervals): bigint[] {
  expect(list.filter(({ first, last }) => first > last)).toEqual([]);
  expect(list.slice(1).filter(({ first }, index) => first <= (list[index]?.last ?? 0n) + 1n)).toEqual([]);
  return numbers(list);
}

function forEveryTwo(check: (a: readonly Interval[], b: readonly Interval[]) => void): void {
  fc.assert(fc.property(runs, runs, check), { numRuns: 500 });
}

describe("a set of whole numbers", () => {
  test("has the numbers of its runs, in whatever order they come and overlap", () => {
    forEveryTwo((a, b) => {
      expect(members(intervals([...a, ...b]))).toEqual(numbers([...a, ...b]));
      expect(intervals([...a, ...b])).toEqual(intervals([...b, ...a]));
    });
  });

  test("is united, intersected and subtracted as one by one", () => {
    forEveryTwo((a, b) => {
      const [one, two] = [intervals(a), intervals(b)];
      const [inA, inB] = [numbers(a), numbers(b)];
      expect(members(one.union(two))).toEqual(
        UNIVERSE.filter((number) => inA.includes(number) || inB.includes(number)),
      );
      expect(members(one.intersect(two))).toEqual(inA.filter((number) => inB.includes(number)));
      expect(members(one.subtract(two))).toEqual(inA.filter((number) => !inB.includes(number)));
    });
  });

  test("counts and looks up its numbers, and knows which sets it contains", () => {
    forEveryTwo((a, b) => {
      const [one, two] = [intervals(a), intervals(b)];
      const [inA, inB] = [numbers(a), numbers(b)];
      expect(one.size).toBe(BigInt(inA.length));
      expect(one.isEmpty).toBe(inA.length === 0);
      expect(UNIVERSE.filter((number) => one.includes(number))).toEqual(inA);
      expect(one.contains(two)).toBe(inB.every((number) => inA.includes(number)));
    });
  });

  test("joins runs that touch, and no others", () => {
    const set = (...pairs: [bigint, bigint][]) => intervals(pairs.map(([first, last]) => ({ first, last }))).list;
    expect(set([5n, 9n], [1n, 4n])).toEqual([{ first: 1n, last: 9n }]);
    expect(set([6n, 9n], [1n, 4n])).toHaveLength(2);
    expect(set([1n, 9n], [3n, 4n])).toEqual([{ first: 1n, last: 9n }]);
  });

  test("of no number is empty, whatever is done with it", () => {
    const some = intervals([{ first: 1n, last: 2n ** 128n }]);
    expect(intervals([{ first: 2n, last: 1n }])).toEqual(NONE);
    expect([some.intersect(NONE), NONE.intersect(some), NONE.subtract(some), some.subtract(some)]).toEqual([
      NONE,
      NONE,
      NONE,
      NONE,
    ]);
    expect([some.subtract(NONE), some.union(NONE)]).toEqual([some, some]);
    expect(some.contains(NONE)).toBe(true);
    expect(NONE.contains(NONE)).toBe(true);
  });
});
