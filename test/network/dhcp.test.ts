import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MEMBERS } from "../../segmentation/gateway";
import type { GatewayPlan } from "../../segmentation/gateway";
import { dhcpRelay } from "../../segmentation/render/dhcp-relay";
import { gatewayHost, GatewayPair } from "./gateway-pair";
import { GatewayServices } from "./gateway-services";
import { machine } from "./machine";

/** A real DHCP server and clients of two segments, with the gateways' relays and ruleset between them. */
const SERVER = "server";
const SERVED = ["1", "2"].flatMap((net) => [
  `dhcp-range=set:net${net},10.77.${net}.10,10.77.${net}.59,255.255.255.0,1h`,
  `dhcp-option=tag:net${net},option:router,10.77.${net}.1`,
]);
/** The addresses of a relay in both subnets. */
const RELAYS = ["10.77.1.100", "10.77.2.100"];
const SECOND = 1_000;

let pair: GatewayPair;
let services: GatewayServices;
let served = "";

beforeAll(async () => {
  pair = await GatewayPair.start(() => [
    ...machine(SERVER, "vlan330", { address: "10.77.4.30/24", router: "10.77.4.1" }),
    ...machine("isolated", "vlan310"),
    ...machine("team", "vlan320"),
    ...MEMBERS.map((member) => `ip netns exec ${gatewayHost(member)} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'`),
  ]);
  services = new GatewayServices(pair);
  services.relay();
  services
    .dnsmasq(SERVER, ["port=0", "log-dhcp", "no-ping", ...SERVED, ""].join("\n"))
    .on("data", (data: Buffer) => (served += data.toString()));
}, 60 * SECOND);

afterAll(async () => {
  await pair.close();
  services.remove();
});

describe("DHCP through the gateways", () => {
  test(
    "gives a machine of each segment an address of its own segment's range, and the gateways as its router",
    async () => {
      expect(await services.given("isolated")).toMatch(/^10\.77\.1\.\d+ by 10\.77\.1\.1$/);
      expect(await services.given("team")).toMatch(/^10\.77\.2\.\d+ by 10\.77\.2\.1$/);
    },
    60 * SECOND,
  );

  test(
    "goes on when the other gateway took over",
    async () => {
      await pair.namespaces.script(`ip -n ${gatewayHost(0)} link set vlan310 down`);
      await pair.eventually(0, pair.virtualAddresses.length);
      expect(await services.given("isolated")).toMatch(/^10\.77\.1\./);
    },
    60 * SECOND,
  );

  test(
    "of two subnets on one interface takes an address of each, so a primary VLAN has one alone",
    async () => {
      await pair.namespaces.script(twoSubnets().join("\n"));
      services.dnsmasq("relay", dhcpRelay(ofTwoSubnets(pair.gateway), 0));
      served = "";
      await services.given("mixed");
      const offered = [...served.matchAll(/DHCPOFFER\S* (10\.77\.\d)\./g)].map(([, subnet]) => subnet);
      expect([...new Set(offered)].sort()).toEqual(["10.77.1", "10.77.2"]);
    },
    60 * SECOND,
  );
});

/** A relay with two subnets on one interface, as dnsmasq is told to be one. */
function twoSubnets(): string[] {
  return [
    ...["ip link add b-mixed type bridge stp_state 0 forward_delay 0", "ip link set b-mixed up"],
    ...machine("relay", "vlan330", { address: "10.77.4.40/24" }),
    ...machine("mixed", "mixed"),
    "ip link add relayed type veth peer name eth1 netns relay",
    "ip link set relayed master b-mixed up",
    "ip -n relay link set eth1 up",
    ...RELAYS.map((address) => `ip -n relay addr add ${address}/24 dev eth1`),
    ...RELAYS.map((address) => `ip -n ${SERVER} route add ${address} via 10.77.4.40`),
  ];
}

function ofTwoSubnets(gateway: GatewayPlan): GatewayPlan {
  const [one] = gateway.interfaces.filter(({ dhcp }) => dhcp);
  if (one === undefined) throw new Error("no segment of the small city has DHCP");
  const addresses = RELAYS.map((own) => ({ family: 4, length: 24, virtual: own, own: [own, own] }) as const);
  return { ...gateway, interfaces: [{ ...one, addresses }] };
}
