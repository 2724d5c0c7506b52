import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { commonRuns, intervalsOf, runsMeet, runsWithout } from "../../segmentation/runs";
import type { Runs } from "../../segmentation/runs";
import { holds, runSets, runsOf } from "../fixtures/run-sets";

const MANY = 200;
const PLACES = Array.from({ length: MANY }, (_, index) => index);
const sets = fc.oneof(fc.constant<Runs>([]), runSets(12), runSets(MANY));

describe("sets of numbers as runs", () => {
  test("are intersected, subtracted and compared as one number by one", () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const both = PLACES.filter((place) => holds(a, place) && holds(b, place));
        const left = PLACES.filter((place) => holds(a, place) && !holds(b, place));
        expect(commonRuns(a, b)).toEqual(runsOf(both));
        expect(runsWithout(a, b)).toEqual(runsOf(left));
        expect([runsMeet(a, b), runsMeet(a, b), runsMeet(b, a)]).toEqual(Array(3).fill(both.length > 0));
      }),
    );
  });

  test("meet themselves where they have a number, and have none without themselves", () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(runsMeet(set, set)).toBe(set.length > 0);
        expect(commonRuns(set, set)).toEqual(set);
        expect(runsWithout(set, set)).toEqual([]);
      }),
    );
  });

  test("are told as intervals", () => {
    expect(intervalsOf([1, 3, 7, 7])).toEqual([
      { first: 1n, last: 3n },
      { first: 7n, last: 7n },
    ]);
  });
});
