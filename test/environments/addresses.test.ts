import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { milanBreaking, milanWith } from "../fixtures/city-files";

const outside = (keys: string): Edit => ({ "network.outside.+0": inYaml(`{ name: plotter, ${keys} }`) });
const subnet6 = (text: string): Edit => ({ "network.segments.management.subnet6": text });
const subnet = (text: string): Edit => ({ "network.segments.desktops-tecnica.subnet": text });
const except = (text: string): Edit => ({ "network.outside.internet.except.0": text });
const service = (text: string): Edit => ({ "network.services.vault.addresses.0": text });
const dhcpServer = (text: string): Edit => ({ "network.gateway.dhcpServers": [text] });
const refused = (edit: Edit): string[] => milanBreaking("wrong-form", edit);

describe("IPv4 that is written as IPv6", () => {
  test.each([
    ["an exception", except("::ffff:10.0.0.0/104"), "10.0.0.0/8"],
    ["an exception in hexadecimal", except("::ffff:a00:0/104"), "10.0.0.0/8"],
    ["an exception of every digit", except("0:0:0:0:0:FFFF:0a00:0000/104"), "10.0.0.0/8"],
    ["an exception of the compatible form", except("::10.0.0.0/104"), "10.0.0.0/8"],
    ["an exception of 6to4", except("2002:a00::/24"), "10.0.0.0/8"],
    ["an exception of 6to4's host", except("2002:a00:1:5::1/128"), "10.0.0.1/32"],
    ["a range", outside('ranges: ["::ffff:10.20.60.0/120"]'), "10.20.60.0/24"],
    ["all of IPv4", outside('ranges: ["::ffff:0:0/96"]'), "0.0.0.0/0"],
    ["a subnet", subnet6("::ffff:10.21.100.0/120"), "10.21.100.0/24"],
    ["a router", { "network.gateway.nextHop6": "::ffff:10.21.255.14" }, "10.21.255.14"],
    ["a service", service("::ffff:10.21.100.30"), "10.21.100.30"],
  ] as [string, Edit, string][])("is refused in %s, with the IPv4 to write", (_, edit, ipv4) => {
    expect(refused(edit)).toEqual([
      expect.stringContaining(
        "allowed: IPv4 in its own form: within an IPv6 address it is not what IPv4 packets have; " +
          `repair: write ${ipv4} where IPv4 may stand, or take it out`,
      ),
    ]);
  });

  test("is none in IPv6 as a whole, and in the prefix of a translator", () => {
    expect(milanWith(outside('ranges: ["64:ff9b::/96"], except: ["64:ff9b::10.0.0.0/104"]'))).toEqual([]);
    expect(milanWith(outside('ranges: ["::/0", 0.0.0.0/0]'))).toEqual([]);
  });
});

describe("what no machine has", () => {
  test.each(["127.0.0.0/24", "224.0.0.0/24", "0.0.0.0/8", "169.254.0.0/16", "240.0.0.0/22", "255.255.255.255/32"])(
    "is no subnet and no network outside: %s",
    (range) => {
      const found = refused(subnet(range));
      expect(found).toEqual([
        expect.stringMatching(
          /"[\d./]+" .*allowed: an IPv4 range that machines can have, outside 0\.0\.0\.0\/8, .*repair: write one that machines can have, such as 10\.21\.0\.0\/21/,
        ),
      ]);
      expect(refused(outside(`ranges: [${range}]`))).toEqual([
        expect.stringContaining("allowed: a range that machines have addresses in, outside 0.0.0.0/8, 127.0.0.0/8"),
      ]);
    },
  );

  test.each(["fe80::/64", "ff00::/8", "ff02::/64", "::1/128", "::/128", "4000::/64", "fec0::/64"])(
    "is none in IPv6 either: %s",
    (range) => {
      expect(refused(subnet6(range))).toEqual([expect.stringContaining("inside 2000::/3 or fc00::/7 in IPv6")]);
      expect(refused(outside(`ranges: ["${range}"]`))).toHaveLength(1);
    },
  );

  test.each(["0.0.0.0/0", "64.0.0.0/2", "128.0.0.0/1"])("is not within a subnet either: %s", (range) => {
    expect(refused(subnet(range))).toHaveLength(1);
    expect(milanWith(outside(`ranges: [${range}]`))).toEqual([]);
  });

  test.each([
    dhcpServer("0.0.0.0"),
    dhcpServer("255.255.255.255"),
    service("127.0.0.1"),
    service("::1"),
    { "network.gateway.nextHop6": "fe80::1" },
    { "network.segments.desktops-tecnica.dhcp.first": "0.0.0.0" },
  ])("is no address: %p", (edit: Edit) => {
    expect(refused(edit)).toEqual([expect.stringContaining("repair: write one that machines can have, such as")]);
  });

  test("may be named as what does not belong to a network outside", () => {
    const bogons = 'except: [0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3, "fe80::/10", "::1/128"]';
    expect(milanWith(outside(`ranges: [0.0.0.0/0, "::/0"], ${bogons}`))).toEqual([]);
  });

  test.each(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "100.64.0.0/10", "198.18.0.0/15"])(
    "is not what documents, carriers and benchmarks have: %s",
    (range) => {
      expect(milanWith(outside(`ranges: [${range}, "2001:db8:1::/48"]`))).toEqual([]);
    },
  );
});

describe("gateway-own-servers", () => {
  const server = (key: "nameServers" | "timeServers", text: string): Edit => ({ [`network.gateway.${key}`]: [text] });
  const rest =
    "allowed: a name or time server of the gateways has an address that a machine can have, that dhcp does not give out " +
    "and that the gateways reach: over IPv6 outside only with nextHop6; a service that the file has at the address takes " +
    "udp/53 or udp/123; repair: write the server's own address, add nextHop6, or add the port to the service";

  test.each(["nameServers", "timeServers"] as const)("refuses one of %s that cannot be", (key) => {
    expect(milanWith(server(key, "10.21.100.2"))).toEqual([
      `network.gateway.${key}[0]: "10.21.100.2" is an address of the city's gateways in "shared"; ${rest}`,
    ]);
    for (const address of ["10.21.100.255", "10.21.84.10"])
      expect(milanWith(server(key, address))).toEqual([expect.stringContaining(`network.gateway.${key}[0]: `)]);
  });

  test("refuses one outside over IPv6 where the gateways have no way there, and accepts it with one", () => {
    const outside = server("nameServers", "2001:db8::53");
    expect(milanWith(outside)).toEqual([]);
    expect(milanBreaking("gateway-own-servers", outside, { "network.gateway.nextHop6": undefined })).toEqual([
      expect.stringContaining('nameServers[0]: "2001:db8::53" is outside, and the gateways have no nextHop6'),
    ]);
    const within = server("nameServers", "fd21:6110:100::10");
    expect(milanBreaking("gateway-own-servers", within, { "network.gateway.nextHop6": undefined })).toEqual([]);
  });

  test("refuses the address of a service that does not take the port", () => {
    expect(milanWith(server("timeServers", "10.21.100.30"))).toEqual([
      expect.stringContaining('timeServers[0]: "10.21.100.30" is of the service "vault", which does not take udp/123'),
    ]);
  });
});

describe("gateway-dhcp-servers", () => {
  test.each([
    ["10.21.84.1", "desktops-tecnica"],
    ["10.21.84.2", "desktops-tecnica"],
    ["10.21.84.3", "desktops-tecnica"],
    ["10.21.100.1", "shared"],
  ])("refuses a gateway's own address %s", (address, segment) => {
    expect(milanBreaking("gateway-dhcp-servers", dhcpServer(address))).toEqual([
      `network.gateway.dhcpServers[0]: "${address}" is an address of the city's gateways in "${segment}"; allowed: a ` +
        "DHCP server has an address that machines can have and that dhcp does not give out, not one of a segment's router " +
        "or gateways, which only pass requests on to it; repair: write the DHCP server's own address",
    ]);
  });

  test.each([
    ["10.21.100.0", "is not an address for machines in 10.21.100.0/24"],
    ["10.21.100.255", "is not an address for machines in 10.21.100.0/24"],
    ["10.20.90.255", "is not an address for machines in 10.20.90.0/24"],
    ["10.21.84.10", 'is given out by dhcp in "desktops-tecnica"'],
  ])("refuses %s, which no server can have", (address, why) => {
    expect(milanBreaking("gateway-dhcp-servers", dhcpServer(address))).toEqual([
      expect.stringContaining(`network.gateway.dhcpServers[0]: "${address}" ${why}; allowed: `),
    ]);
  });

  test("accepts the router outside, which may give addresses out", () => {
    expect(milanBreaking("gateway-dhcp-servers", dhcpServer("10.21.255.14"))).toEqual([]);
  });
});
