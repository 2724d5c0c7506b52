import { afterEach, describe, expect, test } from "@jest/globals";
import type { DeclaredCity } from "../../environments/model/city";
import { interfaceNamed, MEMBERS } from "../../segmentation/gateway";
import { routesTo } from "../../segmentation/render/pair-routes";
import { inYaml } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { soakTest } from "../fixtures/soak";
import { twoPairs } from "../fixtures/two-pairs";
import { GatewayPair } from "./gateway-pair";
import { GatewayServices } from "./gateway-services";
import { machine } from "./machine";

/** What both gateways of a further pair send themselves goes by the first pair, each with its real keepalived and ruleset. */
const MINUTE = 60_000;
const [SSH, DNS] = [22, 53];
const ADMINISTRATOR = ["10.75.0.5", "fd75::5"] as const;
/** A machine in a segment of the first pair, a name server, and one behind the further pair, a DHCP server. */
const SHARED = ["10.77.4.9", "fd77:4::9"] as const;
const TEAM = ["10.77.2.70", "fd77:2::70"] as const;
/** The own addresses of both gateways of the further pair in the management segment, and who answers there. */
const OWN = ["10.77.5.6", "fd77:5::12", "10.77.5.7", "fd77:5::13"] as const;
const BOTH = ["gateway2", "gateway2", "gateway3", "gateway3"];
/** Machines of the management segment ask a DHCP server that is behind the further pair. */
const DHCP: Edit = {
  "network.gateway.dhcpServers": [TEAM[0]],
  "network.segments.management.+dhcp": inYaml("{ first: 10.77.5.12, last: 10.77.5.13 }"),
};
/** Nobody asks the name server. */
const NO_DNS: Edit = {
  "network.blocks.+": inYaml(
    "{ id: no-dns, from: any, to: shared, ports: [tcp/53], owner: A, purpose: names, ticket: T-10, until: 2027-12-31 }",
  ),
};

let first: GatewayPair;
let further: GatewayPair;
let services: GatewayServices;

/** Starts both pairs and the machines of a city, and waits until the first gateway of each is master. */
async function start(city: DeclaredCity): Promise<void> {
  first = await GatewayPair.start(() => uplinkRouter(), city);
  further = await GatewayPair.beside(first, city);
  const lines = [...machines(), ...[first, further].flatMap(routing), ...heard()];
  await first.namespaces.script(lines.join("\n"));
  services = new GatewayServices(first);
  for (const member of MEMBERS) services.serve(further.host(member), SSH);
  services.serve("shared", DNS);
  for (const pair of [first, further]) await masters(pair, pair.virtualAddresses.length, 0);
}

async function masters(pair: GatewayPair, ...counts: [number, number]): Promise<void> {
  expect(await pair.eventually(...counts)).toEqual(counts);
}

function uplinkRouter(): string[] {
  return [
    ...placed("router", "vlan350", ["10.77.6.14/28", "10.77.6.1"], ["fd77:6::e/64", "fd77:6::1"]),
    ...ADMINISTRATOR.map((address) => `ip -n router addr add ${address} dev lo`),
  ];
}

function machines(): string[] {
  return [
    ...placed("shared", "vlan330", [`${SHARED[0]}/24`, "10.77.4.1"], [`${SHARED[1]}/64`, "fd77:4::1"]),
    ...placed("team", "vlan320", [`${TEAM[0]}/24`, "10.77.2.1"], [`${TEAM[1]}/64`, "fd77:2::1"]),
    ...machine("managed", "vlan340"),
  ];
}

/** A machine with an address and a router of both families. */
function placed(name: string, vlan: string, four: [string, string], [address, router]: [string, string]): string[] {
  return [
    ...machine(name, vlan, { address: four[0], router: four[1] }),
    `ip -n ${name} addr add ${address} dev eth0 nodad`,
    `ip -n ${name} route add default via ${router}`,
  ];
}

/** What cloud-init sets on both gateways of a pair: routes, and that packets are forwarded. */
function routing(pair: GatewayPair): string[] {
  const { nextHops, others } = pair.gateway;
  const settings = ["ipv4/conf/all/rp_filter=2", "ipv4/ip_forward=1", "ipv6/conf/all/forwarding=1"];
  const writes = settings.map((setting) => setting.replace(/(.*)=(.*)/, "echo $2 > /proc/sys/net/$1"));
  return MEMBERS.map((member) => pair.host(member)).flatMap((host) => [
    `ip netns exec ${host} sh -ec '${writes.join("; ")}'`,
    ...nextHops.map((via) => `ip -n ${host} route add default via ${via}`),
    ...others.flatMap(routesTo).map(({ to, via }) => `ip -n ${host} route add ${to} via ${via}`),
  ]);
}

/** The router hears no answer to an administrator but through the first pair, by which his packets came. */
function heard(): string[] {
  const { macs } = interfaceNamed(further.gateway, further.gateway.uplink);
  const rules = [
    "add table inet heard",
    "add chain inet heard input { type filter hook input priority 0; }",
    `add rule inet heard input ether saddr { ${macs.join(", ")} } tcp sport ${String(SSH)} drop`,
  ];
  return [`ip netns exec router nft '${rules.join("; ")}'`];
}

/** Makes the second gateway of the further pair master. */
async function failOver(): Promise<void> {
  await further.setLink(0, "vlan325", "down");
  await masters(further, 0, further.virtualAddresses.length);
}

/** Who answers a machine at each own address of both gateways. */
function administered(host: string, from: readonly [string, string]): Promise<string[]> {
  return Promise.all(OWN.map((to) => services.answering(host, from[to.includes(":") ? 1 : 0], to, SSH)));
}

/** Who answers a machine at each address of the name server. */
function named(host: string): Promise<string[]> {
  return Promise.all(SHARED.map((to) => services.answering(host, "", to, DNS)));
}

afterEach(async () => {
  await first.close();
  services.remove();
});

describe("a further pair of gateways", () => {
  test(
    "answers administrators through the first pair, and asks a server behind it from own addresses, whatever is blocked",
    async () => {
      await start(twoPairs(NO_DNS));
      expect(await administered("router", ADMINISTRATOR)).toEqual(BOTH);
      expect(await named(further.host(0))).toEqual(["shared", "shared"]);
      expect(await named("router")).toEqual(["", ""]);
      const way = await services.printed(first.host(0), ["ip", "-6", "route", "get", SHARED[1]]);
      expect(way).toContain("src fd77:4::2 ");
    },
    MINUTE,
  );

  soakTest(
    "lets the first pair's relayed DHCP requests of the management segment through to a server of its own",
    async () => {
      await start(twoPairs(DHCP));
      services.dnsmasq("team", "port=0\nno-ping\ndhcp-range=10.77.5.12,10.77.5.13,255.255.255.240,1h\n");
      services.relay();
      expect(await services.given("managed")).toMatch(/^10\.77\.5\.1[23] /);
    },
    MINUTE,
  );

  for (const [where, host, from, edit] of [
    ["outside", "router", ADMINISTRATOR, {}],
    ["a segment of the first pair", "shared", SHARED, { "network.management.from": "shared" }],
    ["a segment of its own", "team", TEAM, { "network.management.from": "team" }],
  ] as const) {
    soakTest(
      `answers administrators from ${where}, and asks that server, before and after a failover`,
      async () => {
        await start(twoPairs(edit));
        expect(await administered(host, from)).toEqual(BOTH);
        await failOver();
        expect(await administered(host, from)).toEqual(BOTH);
        expect(await named(further.host(1))).toEqual(["shared", "shared"]);
      },
      MINUTE,
    );
  }
});
