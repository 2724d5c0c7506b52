import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-files";
import { CATANIA, MILAN, edited, load, milanWith } from "../../fixtures/city-files";

describe("vlan-once", () => {
  const allowed = "allowed: each VLAN belongs to one segment; only private VLANs share a primary";

  test("refuses a plain VLAN that another segment has", () => {
    expect(milanWith(["vlan: 2195", "vlan: 2190"])).toEqual([
      `network.segments[name=databases].vlan: the VLAN 2190 is the segment "management"'s already; ` +
        `${allowed}; repair: give one of the two another VLAN`,
    ]);
  });

  test("refuses a secondary VLAN that another segment has", () => {
    expect(milanWith(["secondary: 2141", "secondary: 2121"])).toEqual([
      expect.stringContaining(
        `network.segments[name=desktops-tecnica].privateVlan.secondary: the VLAN 2121 is the segment "desktops-educazione"'s already`,
      ),
    ]);
  });

  test("refuses a plain VLAN that is a primary one, whichever comes first", () => {
    expect(milanWith(["vlan: 2190", "vlan: 2140"])).toEqual([
      expect.stringContaining(`[name=management].vlan: the VLAN 2140 is the segment "desktops-tecnica"'s already`),
    ]);
    expect(milanWith(["vlan: 2140", "vlan: 2190"])).toEqual([
      expect.stringContaining(`[name=management].vlan: the VLAN 2190 is the segment "desktops-tecnica"'s already`),
    ]);
  });

  test("refuses a second promiscuous segment of a primary VLAN", () => {
    const second: Edit = ["vlan: 2190\n", "vlan: 2100\n      privateVlan: { secondary: 2100, type: promiscuous }\n"];
    expect(milanWith(second)).toEqual([expect.stringContaining(`the VLAN 2100 is the segment "access"'s already`)]);
  });

  test("lets private VLANs share a primary one", () => {
    expect(milanWith(["vlan: 2140", "vlan: 2130"], ["2141, type: isolated", "2141, type: community"])).toEqual([]);
  });
});

describe("private-vlan-promiscuous", () => {
  test("refuses a promiscuous segment with a secondary VLAN of its own", () => {
    expect(milanWith(["secondary: 2100", "secondary: 2102"])).toEqual([
      "network.segments[name=access].privateVlan.secondary: the promiscuous segment of the primary " +
        "VLAN 2100 has the secondary 2102; allowed: secondary equals vlan in a promiscuous segment, and in no other; " +
        "repair: repeat vlan in a promiscuous segment; give any other a secondary of its own",
    ]);
  });

  test("refuses an isolated segment without one", () => {
    expect(milanWith(["secondary: 2111", "secondary: 2110"])).toEqual([
      expect.stringContaining("the isolated segment of the primary VLAN 2110 has the secondary 2110"),
    ]);
  });
});

describe("private-vlan-isolated", () => {
  test("refuses a second isolated segment of a primary VLAN", () => {
    expect(milanWith(["type: community", "type: isolated"])).toEqual([
      "network.segments[name=desktops-sala-operativa].privateVlan.type: the primary VLAN 2130 has " +
        'the isolated segment "desktops-polizia-locale" already; allowed: a primary VLAN has one isolated segment at ' +
        "most; repair: give the segment another primary VLAN, or make it a community",
    ]);
  });
});

describe("subnet-network-address", () => {
  test("refuses an address with host bits and says the network's", () => {
    expect(milanWith(["10.21.84.0/22", "10.21.85.0/22"])).toEqual([
      'network.segments[name=desktops-tecnica].subnet: "10.21.85.0/22" has host bits; allowed: a ' +
        "subnet is written with its network address; repair: write 10.21.84.0/22",
    ]);
  });
});

describe("subnet-overlap", () => {
  test("refuses a subnet inside another of the same city", () => {
    expect(milanWith(["10.21.254.0/24", "10.21.0.0/16"])).toContain(
      'network.segments[name=management].subnet: "10.21.0.0/16" overlaps 10.21.0.0/26 of the segment ' +
        '"access"; allowed: no two subnets overlap, in any city; repair: give one of the two another range',
    );
  });

  test("refuses overlapping subnets of two cities, in the later file", () => {
    const catania = edited(CATANIA, ["10.87.8.0/21", "10.21.32.0/21"]);
    const { violations } = load({ "milan.yaml": MILAN, "catania.yaml": catania });
    expect(violations).toEqual([
      expect.objectContaining({
        file: "catania.yaml",
        path: "network.segments[name=desktops-uffici].subnet",
        rule: "subnet-overlap",
        value: "10.21.32.0/21",
        message: '"10.21.32.0/21" overlaps 10.21.32.0/21 of the segment "desktops-anagrafe" in Milano',
      }),
    ]);
  });

  test("lets subnets touch", () => {
    expect(milanWith(["10.21.254.0/24", "10.21.0.64/26"])).toEqual([]);
  });
});

describe("subnet-seats", () => {
  test("refuses a subnet with fewer addresses than its pools have seats", () => {
    expect(milanWith(["10.21.80.0/26", "10.21.80.0/28"], ["seats: 10\n", "seats: 14\n"])).toContain(
      'network.segments[name=desktops-sala-operativa].subnet: "10.21.80.0/28" has 13 addresses for ' +
        "14 seats; allowed: a segment's subnet has an address for each seat of its pools, beside the network's own, " +
        "the gateway's and broadcast; repair: widen the subnet, or move a pool to another segment",
    );
  });

  test("adds up the pools of a segment, without retired seats", () => {
    const joined: Edit = ["segment: desktops-tecnica", "segment: desktops-sala-operativa"];
    const wide: Edit = ["10.21.80.0/26", "10.21.88.0/22"];
    const seats: Edit = ["seats: 620", "seats: 1012"];
    const staff: Edit = ["staff: 780", "staff: 1780"];
    expect(milanWith(joined, wide, seats, staff)).toEqual([
      expect.stringContaining("has 1021 addresses for 1022 seats"),
    ]);
    expect(milanWith(joined, wide, ["seats: 620", "seats: 1012\n    retired: [7]"], staff)).toEqual([]);
  });

  test("knows that tiny ranges have no address for a machine", () => {
    expect(milanWith(["10.21.80.0/26", "10.21.80.0/32"])).toEqual([
      expect.stringContaining("has 0 addresses for 10 seats"),
    ]);
  });
});
