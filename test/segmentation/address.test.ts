import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  addressOf,
  addressText,
  ANY_ADDRESS,
  cidrOf,
  cidrsOf,
  EVERY,
  familyOf,
  ofFamily,
  rangeOf,
} from "../../segmentation/address";
import type { Family } from "../../segmentation/address";
import { intervals, NONE } from "../../segmentation/intervals";
import type { Interval, Intervals } from "../../segmentation/intervals";

const FAMILIES: readonly Family[] = [4, 6];
const BITS = { 4: 32, 6: 128 } as const;

const family = fc.constantFrom(...FAMILIES);
const address = family.chain((of) => fc.bigInt({ min: EVERY[of].first, max: EVERY[of].last }));

/** Sets near one place of a family, with its first and last addresses among the places. */
const sets = fc
  .tuple(family, fc.oneof(fc.constantFrom(0n, 1n), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })))
  .chain(([of, place]) => {
    const width = EVERY[of].last - EVERY[of].first;
    const start = EVERY[of].first + (place === 1n ? width - 40n : place % (width - 40n));
    return fc
      .array(fc.tuple(fc.nat(40), fc.nat(20)), { minLength: 1, maxLength: 4 })
      .map((runs) => intervals(runs.map(([first, length]) => within(start, BigInt(first), BigInt(length)))));
  });

function within(start: bigint, first: bigint, length: bigint): Interval {
  const last = first + length > 40n ? 40n : first + length;
  return { first: start + first, last: start + last };
}

/** The fewest aligned blocks that are a set, counted down from all addresses of a family. */
function fewest(set: Intervals, bits: number, start: bigint): number {
  const block = intervals([{ first: start, last: start + (1n << BigInt(bits)) - 1n }]);
  const common = set.intersect(block);
  if (common.isEmpty) return 0;
  if (common.size === block.size) return 1;
  return fewest(set, bits - 1, start) + fewest(set, bits - 1, start + (1n << BigInt(bits - 1)));
}

describe("an address", () => {
  test("of either family is the same after it was written and read", () => {
    fc.assert(
      fc.property(address, (place) => {
        expect(addressOf(addressText(place))).toBe(place);
      }),
    );
  });

  test.each([
    ["10.21.0.0", 169148416n],
    ["0.0.0.0", 0n],
    ["255.255.255.255", 2n ** 32n - 1n],
    ["::", 2n ** 128n],
    ["::1", 2n ** 128n + 1n],
    ["::ffff:10.21.0.0", 2n ** 128n + 0xffff_0a15_0000n],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 2n ** 129n - 1n],
  ])("%s has a place of its own on the line of all addresses", (text, place) => {
    expect(addressOf(text)).toBe(place);
    expect(familyOf(place)).toBe(text.includes(":") ? 6 : 4);
  });

  test("of IPv6 is written as RFC 5952 has it", () => {
    expect(addressText(addressOf("FD00:0021:0:0::0001"))).toBe("fd00:21::1");
  });
});

describe("a range", () => {
  test("has the addresses of its prefix, whatever host bits it is written with", () => {
    expect(rangeOf("10.21.5.9/21")).toEqual({ first: addressOf("10.21.0.0"), last: addressOf("10.21.7.255") });
    expect(rangeOf("fd00:21::5/64")).toEqual({
      first: addressOf("fd00:21::"),
      last: addressOf("fd00:21::ffff:ffff:ffff:ffff"),
    });
    expect([rangeOf("0.0.0.0/0"), rangeOf("::/0")]).toEqual([EVERY[4], EVERY[6]]);
  });

  test("of one address is that address", () => {
    expect(rangeOf("10.0.0.1/32")).toEqual(rangeOf("10.0.0.1"));
    expect(rangeOf("fd00::1/128")).toEqual(rangeOf("fd00::1"));
  });

  test.each(["10.0.0.256", "10.0.0.0/33", "fd00::/129", "fd00", ""])("%j is refused", (text) => {
    expect(() => rangeOf(text)).toThrow();
  });
});

describe("all addresses", () => {
  test("are two families that never meet: no run of one reaches into the other", () => {
    expect(ANY_ADDRESS.list).toEqual([EVERY[4], EVERY[6]]);
    expect(ofFamily(ANY_ADDRESS, 4).list).toEqual([EVERY[4]]);
    expect(ofFamily(ANY_ADDRESS, 6).list).toEqual([EVERY[6]]);
    expect(ofFamily(intervals([rangeOf("10.0.0.0/8")]), 6)).toEqual(NONE);
  });

  test("are two ranges", () => {
    expect(cidrsOf(ANY_ADDRESS)).toEqual(["0.0.0.0/0", "::/0"]);
    expect(cidrsOf(NONE)).toEqual([]);
  });
});

describe("cidrsOf", () => {
  test("writes just these addresses, sorted, in ranges that do not overlap", () => {
    fc.assert(
      fc.property(sets, (set) => {
        const ranges = cidrsOf(set).map(rangeOf);
        expect(intervals(ranges)).toEqual(set);
        expect(ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)).toBe(set.size);
        expect(ranges).toEqual([...ranges].sort((a, b) => (a.first < b.first ? -1 : 1)));
      }),
    );
  });

  test("needs as few ranges as there can be", () => {
    fc.assert(
      fc.property(sets, (set) => {
        const of = familyOf(set.list[0]?.first ?? 0n);
        expect(cidrsOf(set)).toHaveLength(fewest(set, BITS[of], EVERY[of].first));
      }),
    );
  });

  test("writes an address without a length", () => {
    expect(cidrsOf(intervals([rangeOf("10.0.0.1"), rangeOf("10.0.0.2"), rangeOf("fd00::1")]))).toEqual([
      "10.0.0.1",
      "10.0.0.2",
      "fd00::1",
    ]);
    expect(cidrsOf(intervals([{ first: addressOf("10.0.0.1"), last: addressOf("10.0.0.6") }]))).toEqual([
      "10.0.0.1",
      "10.0.0.2/31",
      "10.0.0.4/31",
      "10.0.0.6",
    ]);
  });
});

describe("cidrOf", () => {
  test("gives the one range that is just an interval, and nothing where it takes several", () => {
    fc.assert(
      fc.property(sets, (set) => {
        for (const interval of set.list) {
          const [only, ...more] = cidrsOf(intervals([interval]));
          expect(cidrOf(interval)).toBe(more.length === 0 ? only : undefined);
        }
      }),
    );
  });
});
