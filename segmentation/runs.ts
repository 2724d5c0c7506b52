import type { Interval } from "./intervals";

/**
 * A set of integers as a flat list of intervals, sorted and not adjacent: the first and the last number of the first
 * interval, then those of the second. `[1, 3, 7, 7]` is 1, 2, 3 and 7.
 */
export type Runs = readonly number[];

/**
 * For sets with more intervals the result of a comparison is cached: a file with thousands of ranges repeats them
 * often.
 */
const MANY_RUNS = 64;
const met = new WeakMap<Runs, WeakMap<Runs, boolean>>();

/** Whether two sets have a number in common. */
export function runsMeet(a: Runs, b: Runs): boolean {
  if (a === b) return a.length > 0;
  if (a.length + b.length <= MANY_RUNS) return findCommon(a, b);
  const known = met.get(a) ?? new WeakMap<Runs, boolean>();
  met.set(a, known);
  const answer = known.get(b) ?? findCommon(a, b);
  known.set(b, answer);
  return answer;
}

/** The numbers in both sets. */
export function commonRuns(a: Runs, b: Runs): Runs {
  if (a === b) return a;
  const found: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [aLast, bLast] = [at(a, i + 1), at(b, j + 1)];
    const [first, last] = [Math.max(at(a, i), at(b, j)), Math.min(aLast, bLast)];
    if (first <= last) found.push(first, last);
    if (aLast < bLast) i += 2;
    else j += 2;
  }
  return found;
}

/** The numbers in the first set but not in the second. */
export function runsWithout(a: Runs, b: Runs): Runs {
  if (a === b) return [];
  const left: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let first = at(a, i);
    const last = at(a, i + 1);
    while (j < b.length && at(b, j + 1) < first) j += 2;
    for (; j < b.length && at(b, j) <= last; j += 2) {
      if (at(b, j) > first) left.push(first, at(b, j) - 1);
      first = at(b, j + 1) + 1;
      if (first > last) break;
    }
    if (first <= last) left.push(first, last);
  }
  return left;
}

/** The set as intervals. */
export function intervalsOf(runs: Runs): Interval[] {
  const found: Interval[] = [];
  for (let i = 0; i < runs.length; i += 2) found.push({ first: BigInt(at(runs, i)), last: BigInt(at(runs, i + 1)) });
  return found;
}

function findCommon(a: Runs, b: Runs): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (at(a, i + 1) < at(b, j)) i += 2;
    else if (at(b, j + 1) < at(a, i)) j += 2;
    else return true;
  }
  return false;
}

function at(runs: Runs, index: number): number {
  return runs[index] ?? NaN;
}
