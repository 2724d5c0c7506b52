import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { intersect, meets, subtract } from "../../segmentation/box";
import type { Box, Region } from "../../segmentation/box";

const SIDE = 5;
const PLACES = Array.from({ length: SIDE }, (_, index) => index);
/** Every packet of a small universe, as from, to and port. */
const PACKETS = PLACES.flatMap((from) => PLACES.flatMap((to) => PLACES.map((port) => ({ from, to, port }))));
type Cell = (typeof PACKETS)[number];

const run = fc.tuple(fc.nat(SIDE - 1), fc.nat(SIDE - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const boxes: fc.Arbitrary<Box> = fc
  .tuple(run, run, run)
  .map(([[from0, from1], [to0, to1], [port0, port1]]) => ({ from0, from1, to0, to1, port0, port1 }));
const regions = fc.array(boxes, { maxLength: 5 });

function has(region: Region, { from, to, port }: Cell): boolean {
  return region.some(
    ({ from0, from1, to0, to1, port0, port1 }) =>
      from0 <= from && from <= from1 && to0 <= to && to <= to1 && port0 <= port && port <= port1,
  );
}

function cells(region: Region): Cell[] {
  return PACKETS.filter((packet) => has(region, packet));
}

function empty({ from0, from1, to0, to1, port0, port1 }: Box): boolean {
  return from0 > from1 || to0 > to1 || port0 > port1;
}

describe("regions of packets", () => {
  test("are intersected as one packet by one", () => {
    fc.assert(
      fc.property(regions, regions, (a, b) => {
        const common = intersect(a, b);
        expect(cells(common)).toEqual(cells(a).filter((packet) => has(b, packet)));
        expect(common.filter(empty)).toEqual([]);
      }),
    );
  });

  test("are subtracted as one packet by one", () => {
    fc.assert(
      fc.property(regions, regions, (a, b) => {
        const left = subtract(a, b);
        expect(cells(left)).toEqual(cells(a).filter((packet) => !has(b, packet)));
        expect(left.filter(empty)).toEqual([]);
      }),
    );
  });

  test("are left as they are where nothing is subtracted, and empty where all is", () => {
    fc.assert(
      fc.property(regions, (region) => {
        expect(subtract(region, [])).toEqual(region);
        expect(subtract(region, region)).toEqual([]);
        expect(intersect(region, [])).toEqual([]);
      }),
    );
  });
});

describe("a box without a hole", () => {
  test("becomes six boxes at most, which do not overlap", () => {
    fc.assert(
      fc.property(boxes, boxes, (box, hole) => {
        const left = subtract([box], [hole]);
        expect(left.length).toBeLessThanOrEqual(6);
        expect(left.flatMap((one, index) => left.slice(index + 1).filter((other) => meets(one, other)))).toEqual([]);
      }),
    );
  });
});

describe("two boxes", () => {
  test("meet where they have a packet in common", () => {
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        expect(meets(a, b)).toBe(cells([a]).some((packet) => has([b], packet)));
        expect(meets(a, b)).toBe(meets(b, a));
      }),
    );
  });
});
