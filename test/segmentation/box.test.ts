import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { intersect, meets, subtract } from "../../segmentation/box";
import type { Box, Region } from "../../segmentation/box";
import { holds, runSets } from "../fixtures/run-sets";

const SIDE = 5;
const PLACES = Array.from({ length: SIDE }, (_, index) => index);
/** Every packet of a small universe, as from, to and port. */
const PACKETS = PLACES.flatMap((from) => PLACES.flatMap((to) => PLACES.map((port) => ({ from, to, port }))));
type Cell = (typeof PACKETS)[number];

const boxes: fc.Arbitrary<Box> = fc.record({ from: runSets(SIDE), to: runSets(SIDE), ports: runSets(SIDE) });
const regions = fc.array(boxes, { maxLength: 5 });

function has(region: Region, { from, to, port }: Cell): boolean {
  return region.some((box) => holds(box.from, from) && holds(box.to, to) && holds(box.ports, port));
}

function cells(region: Region): Cell[] {
  return PACKETS.filter((packet) => has(region, packet));
}

function empty({ from, to, ports }: Box): boolean {
  return [from, to, ports].some(({ length }) => length === 0);
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
  test("becomes three boxes at most, which do not overlap", () => {
    fc.assert(
      fc.property(boxes, boxes, (box, hole) => {
        const left = subtract([box], [hole]);
        expect(left.length).toBeLessThanOrEqual(3);
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
