import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { milanBreaking, milanWith } from "../../fixtures/city-files";

/** Milan's segment desktops-tecnica with such keys, in YAML, in place of its subnet and its dhcp. */
const tecnica = (...keys: string[]): Edit => {
  const wanted = Object.entries(inYaml(keys.join("\n")) as Record<string, unknown>);
  const at = "network.segments.desktops-tecnica";
  return {
    [`${at}.subnet`]: undefined,
    [`${at}.dhcp`]: undefined,
    ...Object.fromEntries(wanted.map(([key, value]) => [`${at}.+${key}`, value])),
  };
};
const vaultAt = (address: string): Edit => ({ "network.services.vault.addresses.0": address });

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
    const other = tecnica(
      "subnet: 10.21.84.0/22",
      "subnet6: fd21:6110:84::/64",
      "slaac: true",
      "gateway6: fd21:6110:85::1",
    );
    expect(milanWith(other)).toEqual([
      `${path}.gateway6: the address "fd21:6110:85::1" of the router is not one for machines in fd21:6110:84::/64; ` +
        rest,
    ]);
  });

  test("refuses a router of IPv4 in a segment without a subnet", () => {
    expect(milanWith({ "network.segments.gateway-tecnica.+gateway": "10.21.88.1" })).toEqual([
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
        tecnica(
          "subnet: 10.21.84.0/22",
          "subnet6: fd21:6110:84::/64",
          "slaac: true",
          "gateway6: fd21:6110:84:0:ffff:ffff:ffff:ffff",
        ),
      ),
    ).toEqual([]);
    expect(milanWith({ "network.segments.databases.+gateway": "10.20.90.254" })).toEqual([]);
    const host: Edit = {
      "network.segments.databases.subnet": "10.20.90.20/32",
      "network.segments.databases.subnet6": undefined,
    };
    expect(milanBreaking("segment-router", host)).toEqual([]);
  });
});

describe("an external segment of one or two addresses", () => {
  const databaseIn = (range: string, address: string): string[] =>
    milanWith({
      "network.segments.databases": {
        name: "databases",
        zone: "data",
        vlan: 2195,
        external: true,
        ...(inYaml(`{ ${range} }`) as object),
      },
      "network.services.registry-database.addresses": inYaml(`[${address}]`),
    });

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
    expect(
      milanWith({ "network.segments.gateway-tecnica.+dhcp": { first: "10.21.88.10", last: "10.21.88.20" } }),
    ).toEqual([`network.segments[name=gateway-tecnica].dhcp: the segment has no subnet; ${rest}`]);
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
    expect(milanBreaking("service-address", { "network.segments.shared.subnet6": undefined })).toEqual([
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
    const dhcp: Edit = { "network.segments.shared.+dhcp": { first: "10.21.100.30", last: "10.21.100.39" } };
    expect(milanWith(dhcp)).toEqual([`${path}: "10.21.100.30" is given out by dhcp; ${rest}`]);
  });

  test("accepts an address beside the range of DHCP, one for two services, and a gateway's elsewhere", () => {
    const dhcp: Edit = { "network.segments.shared.+dhcp": { first: "10.21.100.31", last: "10.21.100.39" } };
    expect(milanWith(dhcp)).toEqual([]);
    expect(milanWith(vaultAt("10.21.100.40"))).toEqual([]);
    expect(milanWith({ "network.services.registry-database.addresses": ["10.20.90.2", "fd21:6110:90::20"] })).toEqual(
      [],
    );
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
