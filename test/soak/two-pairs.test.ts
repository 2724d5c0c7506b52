import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { routesTo } from "../../segmentation/render/pair-routes";
import { twoPairs } from "../fixtures/two-pairs";
import { GatewayPair } from "../network/gateway-pair";
import { GatewayServices } from "../network/gateway-services";
import { machine } from "../network/machine";

/** Two pairs of gateways as they are told to be, each with its own keepalived, and a flow from the second's desktops to the first's portal. */
const MINUTE = 60_000;
const DESKTOP = "10.77.2.10";
const PORTAL = "10.77.4.20";
const ADMINISTRATOR = { 4: "10.75.0.5", 6: "fd75::5" } as const;
/** Own addresses in the management segment: of both gateways of the first pair, then of the second. */
const OWN = [
  ...["10.77.5.2", "fd77:5::2", "10.77.5.3", "fd77:5::3"],
  ...["10.77.5.6", "fd77:5::12", "10.77.5.7", "fd77:5::13"],
] as const;

let first: GatewayPair;
let second: GatewayPair;
let services: GatewayServices;
/** DHCP's relay of the second pair. */
let relay: GatewayServices;

beforeAll(async () => {
  const city = twoPairs();
  first = await GatewayPair.start(field, city);
  second = await GatewayPair.beside(first, city);
  await first.namespaces.script(
    [
      ...machine("client", "vlan320"),
      ...machine("desktop", "vlan320", { address: `${DESKTOP}/24`, router: "10.77.2.1" }),
      ...[first, second].flatMap((pair, index) => routing(pair, gatewayPlans(city)[index])),
    ].join("\n"),
  );
  [services, relay] = [new GatewayServices(first), new GatewayServices(second)];
  services.serve("portal", 443);
  for (const pair of [first, second]) for (const member of MEMBERS) services.serve(pair.host(member), 22);
  relay.relay();
  services.dnsmasq(
    "dhcp",
    "port=0\nno-ping\ndhcp-range=10.77.2.20,10.77.2.59,255.255.255.0\ndhcp-option=3,10.77.2.1\n",
  );
}, MINUTE);

afterAll(async () => {
  await first.close();
  for (const one of [services, relay]) one.remove();
});

/** The city's router, with the administrator behind it and the routes of the handover, and the portal. */
function field(): string[] {
  return [
    ...machine("router", "vlan350", { address: "10.77.6.14/28", router: "10.77.6.1" }),
    "ip -n router addr add fd77:6::e/64 dev eth0 nodad",
    `ip -n router addr add ${ADMINISTRATOR[4]}/32 dev lo`,
    `ip -n router addr add ${ADMINISTRATOR[6]}/128 dev lo`,
    "ip -n router route add default via fd77:6::1",
    "ip -n router route add 10.77.2.0/23 via 10.77.6.5",
    ...machine("dhcp", "vlan330", { address: "10.77.4.30/24", router: "10.77.4.1" }),
    ...machine("portal", "vlan330", { address: `${PORTAL}/24`, router: "10.77.4.1", mac: "00:50:56:3f:00:20" }),
  ];
}

/** What cloud-init sets on both gateways of a pair: routes, and that packets are forwarded. */
function routing(pair: GatewayPair, plan: GatewayPlan | undefined): string[] {
  const { nextHops = [], others = [] } = plan ?? {};
  const settings = ["ipv4/conf/all/rp_filter=2", "ipv4/ip_forward=1", "ipv6/conf/all/forwarding=1"];
  const writes = settings.map((setting) => setting.replace(/(.*)=(.*)/, "echo $2 > /proc/sys/net/$1"));
  return MEMBERS.map((member) => pair.host(member)).flatMap((host) => [
    `ip netns exec ${host} sh -ec '${writes.join("; ")}'`,
    ...nextHops.map((via) => `ip -n ${host} route add default via ${via}`),
    ...others.flatMap(routesTo).map(({ to, via }) => `ip -n ${host} route add ${to} via ${via}`),
  ]);
}

/** Who answers the desktop at the portal. */
function portal(): Promise<string> {
  return services.answering("desktop", DESKTOP, PORTAL, 443);
}

/** Who answers the administrator at each own address of the four gateways. */
function administered(): Promise<string[]> {
  return Promise.all(
    OWN.map((to) => {
      const from = ADMINISTRATOR[to.includes(":") ? 6 : 4];
      return services.answering("router", from, to, 22);
    }),
  );
}

/** How many packets the second pair's first gateway has denied. */
async function denied(): Promise<number> {
  const list = await services.printed(second.host(0), ["nft", "list", "counter", "inet", "postazioni", "denied"]);
  return Number(/packets (\d+)/.exec(list)?.[1]);
}

const ALL_FOUR = ["gateway0", "gateway1", "gateway2", "gateway3"].flatMap((name) => [name, name]);

describe("of two pairs", () => {
  const all = (): [number, number] => [first.virtualAddresses.length, second.virtualAddresses.length];

  test(
    "each has a master, which together carry a flow between them, and administrators reach all four gateways",
    async () => {
      const [many, teams] = all();
      expect(await first.eventually(many, 0)).toEqual([many, 0]);
      expect(await second.eventually(teams, 0)).toEqual([teams, 0]);
      expect(await portal()).toBe("portal");
      expect(await administered()).toEqual(ALL_FOUR);
    },
    MINUTE,
  );

  test(
    "what a gateway sends itself to the other's segments needs no flow, and a desktop under the backup's address gets nowhere",
    async () => {
      const [own, backup] = ["10.77.2.2", "10.77.2.3"];
      expect(await services.answering(second.host(0), own, PORTAL, 443)).toBe("portal");
      const before = await denied();
      await first.namespaces.script(`ip -n desktop addr add ${backup}/32 dev eth0`);
      expect(await services.answering("desktop", backup, PORTAL, 443)).toBe("");
      expect(await denied()).toBeGreaterThan(before);
      await first.namespaces.script(`ip -n desktop addr del ${backup}/32 dev eth0`);
    },
    MINUTE,
  );

  test(
    "the second relays DHCP to a server behind the first",
    async () => {
      expect(await relay.given("client")).toMatch(/^10\.77\.2\.\d+ by 10\.77\.2\.1$/);
    },
    MINUTE,
  );

  test(
    "one fails over alone: the other keeps its addresses, the flow goes on, and administrators reach all four",
    async () => {
      const [many, teams] = all();
      await second.setLink(0, "vlan325", "down");
      expect(await second.eventually(0, teams)).toEqual([0, teams]);
      await setTimeout(2_000);
      expect(await first.counts()).toEqual([many, 0]);
      expect(await portal()).toBe("portal");
      expect(await administered()).toEqual(ALL_FOUR);

      await first.setLink(0, "vlan310", "down");
      expect(await first.eventually(0, many)).toEqual([0, many]);
      await setTimeout(2_000);
      expect(await second.counts()).toEqual([0, teams]);
      expect(await portal()).toBe("portal");
      expect(await administered()).toEqual(ALL_FOUR);
    },
    2 * MINUTE,
  );
});
