import { ANY_ADDRESS, EVERY, addressText, ofFamily } from "./address";
import type { Family } from "./address";
import type { Box, Region } from "./box";
import type { Interval, Intervals } from "./intervals";
import { ANY_PORT, portRanges, portText } from "./ports";
import { intervals } from "./intervals";
import type { Runs } from "./runs";

const FAMILIES: readonly Family[] = [4, 6];
const portsKnown = new WeakMap<Intervals, Runs>();

/** A packet, as a witness. */
export interface Packet {
  readonly from: string;
  readonly to: string;
  /** Port as in a file, such as `tcp/443`. */
  readonly port: string;
}

/**
 * The address space of one plan, cut at both ends of every interval of its address sets. What lies between two cuts, an
 * atom, is either wholly in a set or wholly outside, so that sets of 128-bit addresses become exact intervals of small
 * numbers.
 */
export class Space {
  private readonly starts: readonly bigint[];
  private readonly atoms: ReadonlyMap<bigint, number>;
  private readonly runs = new WeakMap<Intervals, Readonly<Record<Family, Runs>>>();

  /** @param sets every set of addresses that will be used */
  public constructor(sets: Iterable<Intervals>) {
    const cuts = new Set<bigint>(ANY_ADDRESS.list.flatMap(({ first, last }) => [first, last + 1n]));
    // A shared set is visited once.
    for (const { list } of new Set(sets)) for (const { first, last } of list) cuts.add(first).add(last + 1n);
    this.starts = [...cuts].sort((a, b) => (a < b ? -1 : 1));
    this.atoms = new Map(this.starts.map((start, atom) => [start, atom]));
  }

  /** The packets from some addresses to others on some ports. Both ends of a packet have the same family. */
  public region(from: Intervals, to: Intervals, ports: Intervals): Region {
    const [sources, targets, ranges] = [this.runsOf(from), this.runsOf(to), portRuns(ports)];
    return FAMILIES.map((family) => ({ from: sources[family], to: targets[family], ports: ranges })).filter(
      (box) => box.from.length > 0 && box.to.length > 0 && box.ports.length > 0,
    );
  }

  /** The packets between the atoms of two addresses of one family, on every port. */
  public packetsBetween(from: bigint, to: bigint): Region {
    return [{ from: single(this.atomAt(from)), to: single(this.atomAt(to)), ports: portRuns(ANY_PORT) }];
  }

  /** The part of a box that `packet` is taken from: one atom at each end, and the first port. */
  public cell(box: Box): Box {
    const [from, to, port] = [box.from[0] ?? 0, box.to[0] ?? 0, box.ports[0] ?? 0];
    const alone = from === to && this.start(to) + 1n === this.start(to + 1);
    const otherTo = alone ? second(box.to) : to;
    const otherFrom = alone && otherTo === undefined ? second(box.from) : from;
    return { from: single(otherFrom ?? from), to: single(otherTo ?? to), ports: single(port) };
  }

  /** One packet of a box: its first port, and two different addresses if possible. */
  public packet(box: Box): Packet {
    const {
      from: [from0 = 0],
      to: [to0 = 0],
      ports: [port = 0],
    } = this.cell(box);
    const [from, to] = [this.start(from0), this.start(to0)];
    const [range] = portRanges(intervals([{ first: BigInt(port), last: BigInt(port) }]));
    return {
      from: addressText(from),
      to: addressText(from === to && to + 1n < this.start(to0 + 1) ? to + 1n : to),
      port: range === undefined ? "" : portText(range),
    };
  }

  /** Every atom as addresses, without the gap between the families. */
  public get everyAtom(): readonly Interval[] {
    const all = this.starts.map((first, atom) => ({ first, last: this.start(atom + 1) - 1n }));
    return all.filter(({ first }) => ANY_ADDRESS.includes(first));
  }

  /** The atoms of a set, by family; cached for each set, so that regions share them. */
  private runsOf(addresses: Intervals): Readonly<Record<Family, Runs>> {
    const known = this.runs.get(addresses) ?? {
      4: this.atomRuns(ofFamily(addresses, 4)),
      6: this.atomRuns(ofFamily(addresses, 6)),
    };
    this.runs.set(addresses, known);
    return known;
  }

  private atomRuns({ list }: Intervals): Runs {
    return list.flatMap(({ first, last }) => [this.atom(first), this.atom(last + 1n) - 1]);
  }

  private atom(cut: bigint): number {
    const atom = this.atoms.get(cut);
    if (atom === undefined) throw new Error(`the space has no cut at ${String(cut)}`);
    return atom;
  }

  /** The atom of an address: the last one that begins at it or before. */
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

function portRuns(ports: Intervals): Runs {
  const known = portsKnown.get(ports) ?? ports.list.flatMap(({ first, last }) => [Number(first), Number(last)]);
  portsKnown.set(ports, known);
  return known;
}

function single(number: number): Runs {
  return [number, number];
}

/** The second smallest number of a set. */
function second([first = 0, last = first, next]: Runs): number | undefined {
  return last > first ? first + 1 : next;
}
