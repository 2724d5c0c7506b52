import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addressOf, ANY_ADDRESS, familyOf } from "../../segmentation/address";
import type { Box } from "../../segmentation/box";
import { intervals, NONE } from "../../segmentation/intervals";
import { ANY_PORT, portSet } from "../../segmentation/ports";
import { Space } from "../../segmentation/space";
import { addresses, addressSets } from "../fixtures/network-plans";
import { probeOf } from "../fixtures/packet-oracle";

const lists = fc.array(addressSets, { maxLength: 5 });

/** Whether a set has more than one number. */
function manyIn([first, last, next]: Box["from"]): boolean {
  return next !== undefined || first !== last;
}

/** The one box of some packets. */
function only(region: readonly Box[]): Box {
  const [box, ...more] = region;
  if (box === undefined || more.length > 0) throw new Error(`${String(region.length)} boxes`);
  return box;
}

describe("a space", () => {
  test("cuts all addresses into atoms, each of which every set has wholly or not at all", () => {
    fc.assert(
      fc.property(lists, (sets) => {
        const atoms = new Space(sets).everyAtom;
        expect(intervals(atoms)).toEqual(ANY_ADDRESS);
        expect(atoms.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)).toBe(ANY_ADDRESS.size);
        expect(atoms.filter(({ first, last }) => familyOf(first) !== familyOf(last))).toEqual([]);
        const torn = atoms.filter((atom) =>
          sets.some((set) => {
            const common = set.intersect(intervals([atom]));
            return !common.isEmpty && !common.contains(intervals([atom]));
          }),
        );
        expect(torn).toEqual([]);
      }),
    );
  });

  test("has no box for packets between the families", () => {
    const [v4, v6] = [addresses("10.0.0.0/24"), addresses("fd00::/64")];
    const space = new Space([v4, v6]);
    expect(space.region(v4, v6, ANY_PORT)).toEqual([]);
    expect(space.region(v4.union(v6), v4.union(v6), portSet(["tcp/443"]))).toHaveLength(2);
    expect(space.region(NONE, v4, ANY_PORT)).toEqual([]);
    expect(space.region(v4, v4, NONE)).toEqual([]);
  });

  test("refuses a set that it was not cut for, instead of answering for another", () => {
    const space = new Space([addresses("10.0.0.0/24")]);
    const ask = () => space.region(addresses("10.0.0.0/25"), ANY_ADDRESS, ANY_PORT);
    expect(ask).toThrow(`the space has no cut at ${String(addressOf("10.0.0.128"))}`);
  });
});

describe("the packet that stands for a box", () => {
  const [net, one, two] = [addresses("10.0.0.0/24"), addresses("10.0.0.7"), addresses("10.0.0.6/31")];
  const space = new Space([net, one, two, addresses("fd00::/64"), addresses("fd00::5")]);
  const packet = (from: typeof net, to: typeof net, ...ports: string[]) =>
    space.packet(only(space.region(from, to, portSet(ports))));

  test("has its first addresses and its first port", () => {
    expect(packet(addresses("fd00::/64"), addresses("fd00::5"), "udp/53-60")).toEqual({
      from: "fd00::",
      to: "fd00::5",
      port: "udp/53",
    });
    expect(packet(net, one, "icmp")).toEqual({ from: "10.0.0.0", to: "10.0.0.7", port: "icmp" });
  });

  test("has two different addresses where the box has two", () => {
    expect(packet(net, net, "tcp/1")).toEqual({ from: "10.0.0.0", to: "10.0.0.1", port: "tcp/1" });
    expect(packet(two, two, "tcp/1")).toEqual({ from: "10.0.0.6", to: "10.0.0.7", port: "tcp/1" });
    const below = intervals([{ first: addressOf("10.0.0.7"), last: addressOf("10.0.0.255") }]);
    expect(packet(below, one, "tcp/1")).toEqual({ from: "10.0.0.8", to: "10.0.0.7", port: "tcp/1" });
    expect(packet(one, one, "tcp/1")).toEqual({ from: "10.0.0.7", to: "10.0.0.7", port: "tcp/1" });
  });

  test("is in the box, as is all of its cell, whose packet is the same", () => {
    fc.assert(
      fc.property(
        addressSets,
        addressSets,
        fc.subarray(["tcp/any", "udp/50-60", "icmp"], { minLength: 1 }),
        (from, to, texts) => {
          const [space, ports] = [new Space([from, to]), portSet(texts)];
          for (const box of space.region(from, to, ports)) {
            const witness = space.packet(box);
            const probe = probeOf(witness);
            expect([from.includes(probe.from), to.includes(probe.to), ports.includes(probe.port)]).toEqual([
              true,
              true,
              true,
            ]);
            expect(space.packet(space.cell(box))).toEqual(witness);
            const single = from.size === 1n && to.size === 1n;
            expect(witness.from === witness.to && !single && manyIn(box.from)).toBe(false);
          }
        },
      ),
    );
  });
});
