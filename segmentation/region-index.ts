import { meets } from "./box";
import type { Box, Region } from "./box";
import type { Runs } from "./runs";

/**
 * Number of parts that the destinations are divided into: enough to separate the rules of a thousand segments, and
 * quick to fill.
 */
const PARTS = 512;

/** Finds the items whose packets meet others, without a look at every item. */
export class RegionIndex<T> {
  private readonly parts: readonly Set<number>[];
  private readonly width: number;
  private readonly partsKnown = new WeakMap<Runs, readonly number[]>();
  private readonly nearKnown = new WeakMap<Runs, readonly number[]>();

  /**
   * @param items in the order in which they are to be found
   * @param packetsOf the packets of each, which must not change
   */
  public constructor(
    private readonly items: readonly T[],
    private readonly packetsOf: (item: T) => Region,
  ) {
    const regions = items.map(packetsOf);
    const end = regions.reduce((most, region) => region.reduce((so, { to }) => Math.max(so, endOf(to)), most), 1);
    this.width = Math.ceil(end / PARTS);
    this.parts = Array.from({ length: PARTS }, () => new Set<number>());
    for (const [index, region] of regions.entries()) {
      for (const { to } of region) for (const part of this.partsOf(to)) this.parts[part]?.add(index);
    }
  }

  /** The items that share a packet with these, lazily. */
  public *meeting(packets: Region): Generator<T, void> {
    for (const index of this.near(packets)) {
      const item = this.items[index];
      if (item !== undefined && meet(this.packetsOf(item), packets)) yield item;
    }
  }

  /** Indexes of the items in the parts where the packets' destinations lie, sorted. */
  private near(packets: Region): readonly number[] {
    const [first = [], ...others] = packets.map((box) => this.nearBox(box));
    return others.length === 0 ? first : sorted([first, ...others].flat());
  }

  /** Cached for each set of destinations, however many boxes share it. */
  private nearBox({ to }: Box): readonly number[] {
    const known = this.nearKnown.get(to) ?? sorted(this.partsOf(to).flatMap((part) => [...(this.parts[part] ?? [])]));
    this.nearKnown.set(to, known);
    return known;
  }

  private partsOf(runs: Runs): readonly number[] {
    const known = this.partsKnown.get(runs) ?? this.findParts(runs);
    this.partsKnown.set(runs, known);
    return known;
  }

  private findParts(runs: Runs): number[] {
    const found: number[] = [];
    let part = 0;
    for (let run = 0; run < runs.length; run += 2) {
      part = Math.max(part, Math.floor((runs[run] ?? 0) / this.width));
      for (; part < PARTS && part * this.width <= (runs[run + 1] ?? 0); part += 1) found.push(part);
    }
    return found;
  }
}

function endOf(runs: Runs): number {
  return (runs.at(-1) ?? 0) + 1;
}

function sorted(indexes: readonly number[]): number[] {
  return [...new Set(indexes)].sort((a, b) => a - b);
}

function meet(some: Region, others: Region): boolean {
  return some.some((one) => others.some((other) => meets(one, other)));
}
