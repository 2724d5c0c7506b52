import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-files";
import { milanBreaking, milanWith } from "../../fixtures/city-files";

/** What Milan's file says of the addresses of two segments. */
const TECNICA = "      subnet: 10.21.84.0/22\n      dhcp: { first: 10.21.84.10, last: 10.21.87.250 }\n";
const SHARED = "      subnet: 10.21.100.0/24\n      subnet6: fd21:6110:100::/64\n";
const tecnica = (...keys: string[]): Edit => [TECNICA, keys.map((key) => `      ${key}\n`).join("")];
const vaultAt = (address: string): Edit => ["addresses: [10.21.100.30, ", `addresses: ["${address}", `];

describe("segment-router", () => {
  const rest =
    "allowed: gateway is an address for machines in subnet, gateway6 one in subnet6, and so are the two beside it that " +
    "the city's gateways take; repair: write another address of the segment's range, or widen it";
  const path = "network.segments[name=desktops-tecnica]";

  test.each(["10.21.88.1", "10.21.84.0", "10.21.87.255"])(
    "refuses the router %s, which is elsewhere, the network's address or the broadcast",
    (address) => {
      expect(milanBreaking("segment-router", tecnica("subnet: 10.21.84.0/22", `gateway: ${address}`))).toEqual([
        `${path}.gateway: the address "${address}" of the router is not one for machines in 10.21.84.0/22; ${rest}`,
      ]);
    },
  );

  test("refuses a router of IPv6 in a segment without it, and one of another range", () => {
    expect(milanWith(tecnica("subnet: 10.21.84.0/22", "gateway6: fd21:6110:84::1"))).toEqual([
      `${path}.gateway6: "fd21:6110:84::1" is an IPv6 address, and "desktops-tecnica" has no subnet6; ${rest}`,
    ]);
    const other = tecnica("subnet: 10.21.84.0/22", "subnet6: fd21:6110:84::/64", "gateway6: fd21:6110:85::1");
    expect(milanWith(other)).toEqual([
      `${path}.gateway6: the address "fd21:6110:85::1" of the router is not one for machines in fd21:6110:84::/64; ` +
        rest,
    ]);
  });

  test("refuses a router of IPv4 in a segment without a subnet", () => {
    const router = "privateVlan: { secondary: 2140, type: promiscuous }\n";
    expect(milanWith([router, `${router}      gateway: 10.21.88.1\n`])).toEqual([
      'network.segments[name=gateway-tecnica].gateway: "10.21.88.1" is an IPv4 address, and "gateway-tecnica" has no ' +
        `subnet; ${rest}`,
    ]);
  });

  test("refuses a range without room for the router or the two gateways, at the range", () => {
    const range = (subnet: string): string[] => milanBreaking("segment-router", tecnica(`subnet: ${subnet}`));
    expect(range("10.21.84.0/31")).toEqual([
      `${path}.subnet: the address 10.21.84.1 of the router is not one for machines in 10.21.84.0/31; ${rest}`,
    ]);
    expect(range("10.21.84.0/30")).toEqual([
      `${path}.subnet: the address 10.21.84.0 of the gateways of Milano is not one for machines in 10.21.84.0/30; ${rest}`,
    ]);
    expect(range("10.21.84.0/29")).toEqual([]);
  });

  test("accepts the range's last address, and any in an external segment, where no gateway of the city stands", () => {
    expect(milanWith(tecnica("subnet: 10.21.84.0/22", "gateway: 10.21.87.254"))).toEqual([]);
    expect(
      milanWith(
        tecnica("subnet: 10.21.84.0/22", "subnet6: fd21:6110:84::/64", "gateway6: fd21:6110:84:0:ffff:ffff:ffff:ffff"),
      ),
    ).toEqual([]);
    const own = "      subnet: 10.20.90.0/24\n";
    expect(milanWith([own, `${own}      gateway: 10.20.90.254\n`])).toEqual([]);
    const host: Edit = [`${own}      subnet6: fd21:6110:90::/64\n`, "      subnet: 10.20.90.20/32\n"];
    expect(milanBreaking("segment-router", host)).toEqual([]);
  });
});

describe("an external segment of one or two addresses", () => {
  const databaseIn = (range: string, address: string): string[] =>
    milanWith(
      ["      subnet: 10.20.90.0/24\n      subnet6: fd21:6110:90::/64\n", `      ${range.replace(", ", "\n      ")}\n`],
      ['[10.20.90.20, "fd21:6110:90::20"]', `[${address}]`],
    );

  test.each([
    ["subnet: 10.20.90.20/32", "10.20.90.20"],
    ["subnet: 10.20.90.20/31", "10.20.90.20"],
    ["subnet: 10.20.90.20/31", "10.20.90.21"],
    ['subnet: 10.20.90.0/24, subnet6: "fd21:6110:90::20/128"', '10.20.90.20, "fd21:6110:90::20"'],
    ['subnet: 10.20.90.0/24, subnet6: "fd21:6110:90::20/127"', '10.20.90.20, "fd21:6110:90::21"'],
    ['subnet: 10.20.90.0/24, subnet6: "fd21:6110:90::/127"', '10.20.90.20, "fd21:6110:90::"'],
  ])("has a service at every address: %s, %s", (range, address) => {
    expect(databaseIn(range, address)).toEqual([]);
  });

  test.each([
    ["subnet: 10.20.90.20/30", "10.20.90.20"],
    ["subnet: 10.20.90.20/30", "10.20.90.23"],
    ['subnet: 10.20.90.0/24, subnet6: "fd21:6110:90::/126"', '10.20.90.20, "fd21:6110:90::"'],
    ["subnet: 10.20.90.20/31, gateway: 10.20.90.20", "10.20.90.20"],
  ])("has none at a router's, the network's or the broadcast: %s, %s", (range, address) => {
    expect(databaseIn(range, address)).toEqual([expect.stringContaining("is not an address for machines in")]);
  });
});

describe("segment-dhcp", () => {
  const rest =
    "allowed: dhcp is written from its first to its last address, inside subnet, without the router's and gateways' " +
    "addresses; repair: correct the range";
  const path = "network.segments[name=desktops-tecnica].dhcp";
  const range = (first: string, last: string): string[] =>
    milanBreaking("segment-dhcp", tecnica("subnet: 10.21.84.0/22", `dhcp: { first: ${first}, last: ${last} }`));

  test("refuses a range whose ends are exchanged", () => {
    expect(range("10.21.87.250", "10.21.84.10")).toEqual([
      `${path}: "10.21.87.250" comes after "10.21.84.10"; ${rest}`,
    ]);
  });

  test.each([
    ["10.21.84.10", "10.21.88.10", "10.21.87.255"],
    ["10.21.83.9", "10.21.84.10", "10.21.83.9"],
    ["10.21.84.0", "10.21.84.250", "10.21.84.0"],
    ["10.21.84.1", "10.21.84.250", "10.21.84.1"],
    ["10.21.84.3", "10.21.84.250", "10.21.84.3"],
    ["10.21.84.10", "10.21.87.255", "10.21.87.255"],
  ])("refuses %s to %s, and says the first address that is not one for machines", (first, last, wrong) => {
    expect(range(first, last)).toEqual([`${path}: ${wrong} is not an address for machines in 10.21.84.0/22; ${rest}`]);
  });

  test("refuses a range in a segment without a subnet", () => {
    const router = "privateVlan: { secondary: 2140, type: promiscuous }\n";
    const dhcp = "dhcp: { first: 10.21.88.10, last: 10.21.88.20 }";
    expect(milanWith([router, `${router}      ${dhcp}\n`])).toEqual([
      `network.segments[name=gateway-tecnica].dhcp: the segment has no subnet; ${rest}`,
    ]);
  });

  test("accepts everything between the gateways and the broadcast, and a single address", () => {
    expect(range("10.21.84.4", "10.21.87.254")).toEqual([]);
    expect(range("10.21.84.9", "10.21.84.9")).toEqual([]);
  });
});

describe("service-address", () => {
  const rest =
    "allowed: a service's address is one for machines of its segment, and not one that dhcp gives out; repair: correct " +
    "the address or the segment";
  const path = "network.services[name=vault].addresses[0]";

  test.each(["10.21.101.30", "10.21.100.0", "10.21.100.1", "10.21.100.2", "10.21.100.255"])(
    "refuses %s, which is elsewhere, the network's, the router's, a gateway's or the broadcast",
    (address) => {
      expect(milanWith(vaultAt(address))).toEqual([
        `${path}: "${address}" is not an address for machines in 10.21.100.0/24; ${rest}`,
      ]);
    },
  );

  test("refuses an IPv6 address in a segment with IPv4 only, and one of another range", () => {
    expect(
      milanBreaking("service-address", [SHARED, "      subnet: 10.21.100.0/24\n"], vaultAt("10.21.100.30")),
    ).toEqual([
      `network.services[name=directory].addresses[2]: "fd21:6110:100::10" is an IPv6 address, and "shared" has no such ` +
        `range; ${rest}`,
      `network.services[name=vault].addresses[1]: "fd21:6110:100::30" is an IPv6 address, and "shared" has no such ` +
        `range; ${rest}`,
    ]);
    expect(milanBreaking("service-address", vaultAt("fd21:6110:254::30"))).toEqual([
      `${path}: "fd21:6110:254::30" is not an address for machines in fd21:6110:100::/64; ${rest}`,
    ]);
  });

  test("refuses an address that DHCP gives out to others", () => {
    const dhcp: Edit = [SHARED, `${SHARED}      dhcp: { first: 10.21.100.30, last: 10.21.100.39 }\n`];
    expect(milanWith(dhcp)).toEqual([`${path}: "10.21.100.30" is given out by dhcp; ${rest}`]);
  });

  test("accepts an address beside the range of DHCP, one for two services, and a gateway's elsewhere", () => {
    const dhcp: Edit = [SHARED, `${SHARED}      dhcp: { first: 10.21.100.31, last: 10.21.100.39 }\n`];
    expect(milanWith(dhcp)).toEqual([]);
    expect(milanWith(vaultAt("10.21.100.40"))).toEqual([]);
    expect(milanWith(["addresses: [10.20.90.20,", "addresses: [10.20.90.2,"])).toEqual([]);
  });
});

describe("an address", () => {
  test.each<[what: string, edit: Edit, line: string]>([
    [
      "of IPv6 where IPv4 is meant",
      tecnica("subnet: fd21:6110:84::/64"),
      'subnet: "fd21:6110:84::/64" does not have the right form; allowed: an IPv4 range such as 10.21.0.0/21',
    ],
    [
      "of IPv4 where IPv6 is meant",
      tecnica("subnet: 10.21.84.0/22", "subnet6: 10.21.84.0/22"),
      'subnet6: "10.21.84.0/22" does not have the right form; allowed: an IPv6 range such as fd00:21:32::/64',
    ],
    [
      "of IPv6 as a router of IPv4",
      tecnica("subnet: 10.21.84.0/22", "gateway: fd21:6110:84::1"),
      'gateway: "fd21:6110:84::1" does not have the right form; allowed: an IPv4 address such as 10.21.0.1',
    ],
    [
      "that is a range",
      vaultAt("10.21.100.0/30"),
      '"10.21.100.0/30" does not have the right form; allowed: an IPv4 or IPv6 address such as 10.21.0.1 or ' +
        "fd00:21:32::1",
    ],
  ])("%s is refused where it stands", (_, edit, line) => {
    expect(milanWith(edit)).toEqual([expect.stringContaining(line)]);
  });
});
