import { meets } from "./box";
import type { Region } from "./box";

/** So many parts is the line of targets cut into: enough to tell a thousand segments' rules apart, and few to fill. */
const PARTS = 512;

/** Finds the things whose packets meet some others, without looking at every one of them. */
export class RegionIndex<T> {
  private readonly parts: readonly Set<number>[];
  private readonly width: number;

  /**
   * @param items the things, in the order in which they are found
   * @param packetsOf the packets of each, which must not change
   */
  public constructor(
    private readonly items: readonly T[],
    private readonly packetsOf: (item: T) => Region,
  ) {
    const regions = items.map(packetsOf);
    const end = regions.reduce((most, region) => region.reduce((so, { to1 }) => Math.max(so, to1 + 1), most), 1);
    this.width = Math.ceil(end / PARTS);
    this.parts = Array.from({ length: PARTS }, () => new Set<number>());
    for (const [index, region] of regions.entries()) for (const part of this.partsOf(region)) part.add(index);
  }

  /** The things of whose packets one at least is among these. */
  public meeting(packets: Region): T[] {
    const indexes = [...new Set(this.partsOf(packets).flatMap((part) => [...part]))].sort((a, b) => a - b);
    return indexes
      .flatMap((index) => this.items[index] ?? [])
      .filter((item) => this.packetsOf(item).some((one) => packets.some((other) => meets(one, other))));
  }

  private partsOf(region: Region): Set<number>[] {
    const found = new Set<Set<number>>();
    for (const { to0, to1 } of region) {
      for (let part = Math.floor(to0 / this.width); part * this.width <= to1 && part < PARTS; part += 1) {
        const set = this.parts[part];
        if (set !== undefined) found.add(set);
      }
    }
    return [...found];
  }
}
