/** An interval of integers, both ends included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of integers as intervals, sorted and not adjacent. Made by `intervals`. */
export class Intervals {
  public constructor(public readonly list: readonly Interval[]) {}

  public get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** The number of its elements. */
  public get size(): bigint {
    return this.list.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  }

  public union(other: Intervals): Intervals {
    return intervals([...this.list, ...other.list]);
  }

  public intersect(other: Intervals): Intervals {
    const found: Interval[] = [];
    for (let a = 0, b = 0; a < this.list.length && b < other.list.length;) {
      const [one, two] = [this.list[a], other.list[b]];
      if (one === undefined || two === undefined) break;
      const common = { first: greater(one.first, two.first), last: smaller(one.last, two.last) };
      if (common.first <= common.last) found.push(common);
      if (one.last < two.last) a += 1;
      else b += 1;
    }
    return new Intervals(found);
  }

  public subtract(other: Intervals): Intervals {
    const left: Interval[] = [];
    let hole = 0;
    for (const { first, last } of this.list) {
      let start = first;
      while ((other.list[hole]?.last ?? first) < first) hole += 1;
      for (let next = other.list[hole]; next !== undefined && next.first <= last; next = other.list[hole]) {
        if (next.first > start) left.push({ first: start, last: next.first - 1n });
        start = next.last + 1n;
        if (start > last) break;
        hole += 1;
      }
      if (start <= last) left.push({ first: start, last });
    }
    return new Intervals(left);
  }

  public includes(number: bigint): boolean {
    let [low, high] = [0, this.list.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.list[middle]?.first ?? 0n) <= number) low = middle;
      else high = middle - 1;
    }
    const run = this.list[low];
    return run !== undefined && run.first <= number && number <= run.last;
  }

  public contains(other: Intervals): boolean {
    return other.subtract(this).isEmpty;
  }
}

/** The empty set. */
export const NONE = new Intervals([]);

/** The union of sets, in one pass. */
export function unionOf(sets: readonly Intervals[]): Intervals {
  return intervals(sets.flatMap(({ list }) => list));
}

/** A set from intervals in any order, which may overlap; one that ends before it begins is empty. */
export function intervals(runs: readonly Interval[]): Intervals {
  const sorted = runs.filter(({ first, last }) => first <= last).sort((a, b) => compare(a.first, b.first));
  const merged: Interval[] = [];
  for (const run of sorted) {
    const before = merged.at(-1);
    if (before === undefined || run.first > before.last + 1n) merged.push(run);
    else merged[merged.length - 1] = { first: before.first, last: greater(before.last, run.last) };
  }
  return new Intervals(merged);
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
