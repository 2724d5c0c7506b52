import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { privateVlanMap } from "../../../constructs/network/private-vlan";
import type { PrivateVlan } from "../../../constructs/network/private-vlan";

const ISOLATED: PrivateVlan = { primary: 2110, secondary: 2111, type: "isolated" };

const entries = fc.array(
  fc.record({
    primary: fc.integer({ min: 1, max: 5 }),
    secondary: fc.integer({ min: 10, max: 20 }),
    type: fc.constantFrom<PrivateVlan["type"]>("isolated", "community"),
  }),
);

describe("privateVlanMap", () => {
  test("adds the promiscuous entry of every primary VLAN", () => {
    expect(privateVlanMap([ISOLATED])).toEqual([{ primary: 2110, secondary: 2110, type: "promiscuous" }, ISOLATED]);
  });

  test("holds every primary's promiscuous entry exactly once, whatever is given", () => {
    fc.assert(
      fc.property(entries, (given) => {
        const promiscuous = privateVlanMap(given).filter(({ type }) => type === "promiscuous");
        expect(promiscuous.map(({ primary }) => primary)).toEqual(
          [...new Set(given.map((e) => e.primary))].sort((a, b) => a - b),
        );
      }),
    );
  });

  test("does not depend on the order of unlike entries", () => {
    const other: PrivateVlan = { primary: 2110, secondary: 2112, type: "community" };
    expect(privateVlanMap([other, ISOLATED])).toEqual(privateVlanMap([ISOLATED, other]));
  });
});
