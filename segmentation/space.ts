import { ANY_ADDRESS, EVERY, addressText, ofFamily } from "./address";
import type { Family } from "./address";
import type { Box, Region } from "./box";
import type { Interval, Intervals } from "./intervals";
import { ANY_PORT, portRanges, portText } from "./ports";
import { intervals } from "./intervals";

const FAMILIES: readonly Family[] = [4, 6];

/** One packet, as a witness. */
export interface Packet {
  readonly from: string;
  readonly to: string;
  /** As a file has it, such as `tcp/443`. */
  readonly port: string;
}

/**
 * The address space of one plan, cut wherever a set of its addresses begins or ends. What lies between two cuts, an
 * atom, is in every set wholly or not at all, so that sets of 128-bit addresses become exact runs of small numbers.
 */
export class Space {
  private readonly starts: readonly bigint[];
  private readonly atoms: ReadonlyMap<bigint, number>;

  /** @param sets every set of addresses that will ever be asked about */
  public constructor(sets: Iterable<Intervals>) {
    const cuts = new Set<bigint>(ANY_ADDRESS.list.flatMap(({ first, last }) => [first, last + 1n]));
    for (const { list } of sets) for (const { first, last } of list) cuts.add(first).add(last + 1n);
    this.starts = [...cuts].sort((a, b) => (a < b ? -1 : 1));
    this.atoms = new Map(this.starts.map((start, atom) => [start, atom]));
  }

  /** The packets from some addresses to others on some ports. Both ends of a packet are of one family. */
  public region(from: Intervals, to: Intervals, ports: Intervals): Region {
    return FAMILIES.flatMap((family) => {
      const sources = this.runs(ofFamily(from, family));
      const targets = this.runs(ofFamily(to, family));
      return sources.flatMap(([from0, from1]) =>
        targets.flatMap(([to0, to1]) =>
          ports.list.map(({ first, last }) => ({ from0, from1, to0, to1, port0: Number(first), port1: Number(last) })),
        ),
      );
    });
  }

  /** The packets between the atoms of two addresses of one family, on every port. */
  public packetsBetween(from: bigint, to: bigint): Region {
    const [source, target] = [this.atomAt(from), this.atomAt(to)];
    const ends = { from0: source, from1: source, to0: target, to1: target };
    return ANY_PORT.list.map(({ first, last }) => ({ ...ends, port0: Number(first), port1: Number(last) }));
  }

  /** The part of a box that `packet` takes its packet from: one atom each way, and the first port. */
  public cell({ from0, from1, to0, to1, port0 }: Box): Box {
    const alone = from0 === to0 && this.start(to0) + 1n === this.start(to0 + 1);
    const to = alone && to1 > to0 ? to0 + 1 : to0;
    const from = alone && to === to0 && from1 > from0 ? from0 + 1 : from0;
    return { from0: from, from1: from, to0: to, to1: to, port0, port1: port0 };
  }

  /** One packet of a box: its first port, and two different addresses where it has two. */
  public packet(box: Box): Packet {
    const { from0, to0, port0 } = this.cell(box);
    const [from, to] = [this.start(from0), this.start(to0)];
    const [range] = portRanges(intervals([{ first: BigInt(port0), last: BigInt(port0) }]));
    return {
      from: addressText(from),
      to: addressText(from === to && to + 1n < this.start(to0 + 1) ? to + 1n : to),
      port: range === undefined ? "" : portText(range),
    };
  }

  /** Every atom, as its addresses; what lies between the families is left out. */
  public get everyAtom(): readonly Interval[] {
    const all = this.starts.map((first, atom) => ({ first, last: this.start(atom + 1) - 1n }));
    return all.filter(({ first }) => ANY_ADDRESS.includes(first));
  }

  private runs({ list }: Intervals): [number, number][] {
    return list.map(({ first, last }) => [this.atom(first), this.atom(last + 1n) - 1]);
  }

  private atom(cut: bigint): number {
    const atom = this.atoms.get(cut);
    if (atom === undefined) throw new Error(`the space has no cut at ${String(cut)}`);
    return atom;
  }

  /** The atom that holds an address: the last one that begins at it or before. */
  private atomAt(address: bigint): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.start(middle) <= address) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private start(atom: number): bigint {
    return this.starts[atom] ?? EVERY[6].last + 1n;
  }
}
