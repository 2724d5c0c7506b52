import { commonRuns, runsMeet, runsWithout } from "./runs";
import type { Runs } from "./runs";

/**
 * A box of packets: from every source of a set to every destination of another, on every port of a third. None of the
 * three is empty. Addresses are numbers of atoms (see space.ts). Sets are shared: a thousand rules to one network of a
 * thousand ranges have a thousand boxes and one set.
 */
export interface Box {
  readonly from: Runs;
  readonly to: Runs;
  readonly ports: Runs;
}

/** A set of packets: the union of its boxes, which may overlap. */
export type Region = readonly Box[];

/** A box still to be compared with holes, and the first hole it was not yet compared with. */
interface Remainder {
  readonly box: Box;
  readonly next: number;
}

/** Whether two boxes have a packet in common. */
export function meets(a: Box, b: Box): boolean {
  return runsMeet(a.ports, b.ports) && runsMeet(a.to, b.to) && runsMeet(a.from, b.from);
}

/** The packets that are in both regions. */
export function intersect(a: Region, b: Region): Box[] {
  return a.flatMap((one) => b.filter((two) => meets(one, two)).map((two) => common(one, two)));
}

/** The packets of the first region that are not in the second. */
export function subtract(a: Region, b: Region): Box[] {
  return [...remaining(a, b)];
}

/** The boxes of a region without another's packets, produced lazily. */
export function* remaining(a: Region, b: Region): Generator<Box, void> {
  for (const start of a) {
    const open: Remainder[] = [{ box: start, next: 0 }];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const { box } = one;
      const next = firstMeeting(box, b, one.next);
      const hole = b[next];
      if (hole === undefined) yield box;
      else for (const part of around(box, hole).reverse()) open.push({ box: part, next: next + 1 });
    }
  }
}

function firstMeeting(box: Box, holes: Region, start: number): number {
  let next = start;
  for (let hole = holes[next]; hole !== undefined && !meets(box, hole); hole = holes[next]) next += 1;
  return next;
}

function common(a: Box, b: Box): Box {
  return { from: commonRuns(a.from, b.from), to: commonRuns(a.to, b.to), ports: commonRuns(a.ports, b.ports) };
}

/**
 * The part of a box outside a hole that meets it: other sources; the hole's sources to other destinations; both of the
 * hole's, on other ports.
 */
function around(box: Box, hole: Box): Box[] {
  const { from, to } = common(box, hole);
  return [
    { ...box, from: runsWithout(box.from, hole.from) },
    { ...box, from, to: runsWithout(box.to, hole.to) },
    { from, to, ports: runsWithout(box.ports, hole.ports) },
  ].filter((part) => part.from.length > 0 && part.to.length > 0 && part.ports.length > 0);
}
