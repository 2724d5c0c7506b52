/**
 * A box of packets: sources, destinations and ports, each from one number to another, both included. Addresses are
 * numbers of atoms (see space.ts).
 */
export interface Box {
  readonly from0: number;
  readonly from1: number;
  readonly to0: number;
  readonly to1: number;
  readonly port0: number;
  readonly port1: number;
}

/** A set of packets: the union of its boxes, which may overlap. */
export type Region = readonly Box[];

/** Whether two boxes have a packet in common. */
export function meets(a: Box, b: Box): boolean {
  return (
    a.from0 <= b.from1 &&
    b.from0 <= a.from1 &&
    a.to0 <= b.to1 &&
    b.to0 <= a.to1 &&
    a.port0 <= b.port1 &&
    b.port0 <= a.port1
  );
}

/** The packets that are in both regions. */
export function intersect(a: Region, b: Region): Box[] {
  return a.flatMap((one) => b.filter((two) => meets(one, two)).map((two) => common(one, two)));
}

/** The packets of the first region that are not in the second. */
export function subtract(a: Region, b: Region): Box[] {
  let left = [...a];
  for (const hole of b) {
    if (left.length === 0) break;
    left = left.flatMap((box) => (meets(box, hole) ? around(box, hole) : [box]));
  }
  return left;
}

function common(a: Box, b: Box): Box {
  return {
    from0: Math.max(a.from0, b.from0),
    from1: Math.min(a.from1, b.from1),
    to0: Math.max(a.to0, b.to0),
    to1: Math.min(a.to1, b.to1),
    port0: Math.max(a.port0, b.port0),
    port1: Math.min(a.port1, b.port1),
  };
}

/** A box without a hole that meets it: what is before and after the hole in each direction, at most six boxes. */
function around(box: Box, hole: Box): Box[] {
  const inner = common(box, hole);
  const sameFrom = { ...box, from0: inner.from0, from1: inner.from1 };
  const sameTo = { ...sameFrom, to0: inner.to0, to1: inner.to1 };
  return [
    { ...box, from1: inner.from0 - 1 },
    { ...box, from0: inner.from1 + 1 },
    { ...sameFrom, to1: inner.to0 - 1 },
    { ...sameFrom, to0: inner.to1 + 1 },
    { ...sameTo, port1: inner.port0 - 1 },
    { ...sameTo, port0: inner.port1 + 1 },
  ].filter(({ from0, from1, to0, to1, port0, port1 }) => from0 <= from1 && to0 <= to1 && port0 <= port1);
}
