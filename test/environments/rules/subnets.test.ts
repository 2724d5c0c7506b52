import { describe, expect, test } from "@jest/globals";
import { edited, inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { CATANIA, MILAN, lines, load, milanBreaking, milanWith } from "../../fixtures/city-files";

describe("subnet-network-address", () => {
  const allowed = "allowed: a range is written with its network address";

  test("refuses an address with host bits and says the network's", () => {
    expect(milanWith({ "network.segments.desktops-tecnica.subnet": "10.21.85.0/22" })).toEqual([
      `network.segments[name=desktops-tecnica].subnet: "10.21.85.0/22" has host bits; ${allowed}; repair: write ` +
        "10.21.84.0/22",
    ]);
  });

  test("refuses one of IPv6 too", () => {
    expect(milanWith({ "network.segments.management.subnet6": "fd21:6110:254::1/64" })).toEqual([
      `network.segments[name=management].subnet6: "fd21:6110:254::1/64" has host bits; ${allowed}; repair: write ` +
        "fd21:6110:254::/64",
    ]);
  });

  test.each([
    ["ranges: [10.20.60.17/24]", "ranges[0]", "10.20.60.17/24", "10.20.60.0/24, or 10.20.60.17/32"],
    ['ranges: ["fd21:9::5/64"]', "ranges[0]", "fd21:9::5/64", "fd21:9::/64, or fd21:9::5/128"],
    [
      "ranges: [10.20.0.0/16], except: [10.20.60.17/24]",
      "except[0]",
      "10.20.60.17/24",
      "10.20.60.0/24, or 10.20.60.17/32",
    ],
  ])("refuses one of a network outside, where it opens more than its address: %s", (keys, key, written, repair) => {
    const outside: Edit = { "network.outside.+0": inYaml(`{ name: plotter, ${keys} }`) };
    expect(milanBreaking("subnet-network-address", outside)).toEqual([
      `network.outside[name=plotter].${key}: "${written}" has host bits; ${allowed}; repair: write ${repair} for that address alone`,
    ]);
  });

  test("accepts a network address of IPv6 however it is written", () => {
    expect(milanWith({ "network.segments.management.subnet6": "FD21:6110:0254:0:0:0:0:0/64" })).toEqual([]);
  });
});

describe("subnet-overlap", () => {
  const allowed = "allowed: no two subnets overlap, in any city; repair: give one of the two another range";

  test("refuses a subnet inside another of the same city", () => {
    expect(milanWith({ "network.segments.management.subnet": "10.21.0.0/16" })).toContain(
      'network.segments[name=management].subnet: "10.21.0.0/16" overlaps 10.21.0.0/26 of the segment "access"; ' +
        allowed,
    );
  });

  test("refuses overlapping subnets of IPv6", () => {
    expect(milanWith({ "network.segments.management.subnet6": "fd21:6110::/48" })).toContain(
      'network.segments[name=management].subnet6: "fd21:6110::/48" overlaps fd21:6110:0::/64 of the segment "access"; ' +
        allowed,
    );
  });

  test("refuses overlapping subnets of two cities, in the later file", () => {
    const catania = edited(CATANIA, { "network.segments.desktops-uffici.subnet": "10.21.32.0/21" });
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

  test("refuses overlapping subnets of IPv6 of two cities", () => {
    const catania = edited(CATANIA, { "network.segments.management.+subnet6": "fd21:6110:100:0::/60" });
    const { violations } = load({ "milan.yaml": MILAN, "catania.yaml": catania });
    expect(violations.map(({ file, path, message }) => [file, path, message])).toEqual([
      [
        "catania.yaml",
        "network.segments[name=management].subnet6",
        '"fd21:6110:100:0::/60" overlaps fd21:6110:100::/64 of the segment "shared" in Milano',
      ],
    ]);
  });

  test("lets subnets touch, in both families", () => {
    expect(milanWith({ "network.segments.management.subnet": "10.21.0.64/26" })).toEqual([]);
    expect(milanWith({ "network.segments.management.subnet6": "fd21:6110:0:1::/64" })).toEqual([]);
  });
});

describe("subnet-seats", () => {
  const manual: Edit = { "network.segments.desktops-sala-operativa.dhcp": undefined };
  const rest =
    "allowed: a segment's dhcp, or else its subnet, has an address for each seat of its pools, beside the network's " +
    "own, broadcast, the router's and the gateways'; repair: widen the subnet or dhcp, or move a pool to another segment";

  test("refuses a subnet with fewer addresses than its pools have seats", () => {
    const seats: Edit = { "pools.sala-operativa.seats": 12, "pools.sala-operativa.+retired": [] };
    expect(
      milanBreaking(
        "subnet-seats",
        manual,
        { "network.segments.desktops-sala-operativa.subnet": "10.21.80.0/28" },
        seats,
      ),
    ).toEqual([
      `network.segments[name=desktops-sala-operativa].subnet: "10.21.80.0/28" has 11 addresses for 12 seats; ${rest}`,
    ]);
    expect(
      milanWith(manual, {
        "network.segments.desktops-sala-operativa.subnet": "10.21.80.0/28",
        "pools.sala-operativa.seats": 11,
      }),
    ).toEqual([]);
  });

  test("refuses a range of DHCP with fewer addresses, though the subnet has more", () => {
    expect(milanWith({ "network.segments.desktops-sala-operativa.dhcp.last": "10.21.80.18" })).toEqual([
      'network.segments[name=desktops-sala-operativa].dhcp: "10.21.80.10-10.21.80.18" has 9 addresses for 10 seats; ' +
        rest,
    ]);
    expect(milanWith({ "network.segments.desktops-sala-operativa.dhcp.last": "10.21.80.19" })).toEqual([]);
  });

  test("keeps no address back for gateways where the city's own firewalls enforce", () => {
    const small: Edit = { "network.segments.desktops-tecnica.subnet": "10.87.16.0/28" };
    expect(lines(edited(CATANIA, small, { "pools.tecnica.seats": 13 }))).toEqual([]);
    expect(lines(edited(CATANIA, small, { "pools.tecnica.seats": 14 }))).toEqual([
      expect.stringContaining('"10.87.16.0/28" has 13 addresses for 14 seats'),
    ]);
  });

  test("adds up the pools of a segment, without retired seats", () => {
    const joined: Edit = { "pools.tecnica.segment": "desktops-sala-operativa" };
    const wide: Edit = { "network.segments.desktops-sala-operativa.subnet": "10.21.88.0/22" };
    const edits = [manual, joined, wide, { "directorates.tecnica.staff": 1780 }] as const;
    expect(milanBreaking("subnet-seats", ...edits, { "pools.tecnica.seats": 1010 })).toEqual([
      expect.stringContaining("has 1019 addresses for 1020 seats"),
    ]);
    expect(
      milanBreaking("subnet-seats", ...edits, { "pools.tecnica.seats": 1010, "pools.tecnica.+retired": [7] }),
    ).toEqual([]);
  });

  test("knows that tiny ranges have no address for a machine", () => {
    expect(
      milanBreaking("subnet-seats", manual, { "network.segments.desktops-sala-operativa.subnet": "10.21.80.0/32" }),
    ).toEqual([expect.stringContaining("has 0 addresses for 10 seats")]);
  });
});

describe("segment-subnet", () => {
  test("refuses a segment without a subnet, which its machines would have no address from", () => {
    expect(milanBreaking("segment-subnet", { "network.segments.shared.subnet": undefined })).toEqual([
      'network.segments[name=shared]: "shared" has no subnet; allowed: every segment but a promiscuous one has a subnet; ' +
        "repair: add its IPv4 range",
    ]);
  });

  test("lets a promiscuous segment have one or none", () => {
    const one: Edit = { "network.segments.gateway-tecnica.+subnet": "10.21.88.0/24" };
    expect(milanBreaking("segment-subnet", one)).toEqual([]);
    expect(milanWith()).toEqual([]);
  });
});
