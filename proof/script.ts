import { addressOf, cidrsOf, ofFamily } from "../segmentation/address";
import type { GatewayInterface, GatewayPlan, InterfaceAddress } from "../segmentation/gateway";
import { interfaceNamed, routedSubnets } from "../segmentation/gateway";
import type { Segment } from "../segmentation/plan";
import { managementWays } from "../segmentation/render/management-route";
import { routesTo } from "../segmentation/render/pair-routes";
import { batched } from "./batched";
import { gatewayHost, OUTSIDE } from "./topology";
import type { Host, Topology } from "./topology";

/** No spanning tree and no multicast snooping: a port forwards at once, and neighbour discovery passes. */
const BRIDGE = "type bridge stp_state 0 forward_delay 0 mcast_snooping 0";
/**
 * Kernel settings of every namespace: an address is valid at once, without duplicate detection; router advertisements and
 * redirects are ignored: on a machine with thirty busy processes neighbours took the gateway's for a direct route, which Linux has no switch against.
 */
const SETTINGS = [
  "ipv6/conf/default/accept_dad=0",
  ...["accept_ra", "accept_redirects"].flatMap((name) =>
    ["default", "all"].map((where) => `ipv6/conf/${where}/${name}=0`),
  ),
];
/** The gateway sends no redirects, as in its own settings (segmentation/render/cloud-init.ts). */
const GATEWAY_SETTINGS = ["ipv4/conf/all/send_redirects=0", "ipv4/conf/default/send_redirects=0"];
const FORWARDING = ["ipv4/ip_forward=1", "ipv6/conf/all/forwarding=1"];

/**
 * A shell script that builds the segments in network namespaces. A VLAN is a bridge; ports of an isolated segment are
 * isolated ports of it; a community is a bridge of its own behind one isolated port, so that its machines reach each
 * other and promiscuous ports only. The gateway has an ordinary port, which is promiscuous.
 * @param segments the segments to build, in the topology's order
 * @param gateways the pairs, each with the paths of the files that nft loads in its gateway
 */
export function buildScript(
  topology: Topology,
  segments: readonly Segment[],
  gateways: ReadonlyMap<GatewayPlan, readonly string[]>,
): string {
  const legs = new Set([...gateways.keys()].flatMap(({ interfaces }) => interfaces.map(({ name }) => name)));
  return lines([
    ...[...legs].flatMap((name) => bridge(bridgeOf(name))),
    ...segments.filter(({ ports }) => ports === "community").flatMap(community),
    ...topology.hosts.flatMap((host) => machine(host, topology)),
    ...[...gateways].flatMap(([gateway, rulesets], number) => gatewayMachine(gateway, rulesets, number)),
    ...outsideMachine(topology, [...gateways.keys()]),
  ]);
}

/**
 * A shell script after which machines of one VLAN send to each other through the gateway, as an attacker would to
 * bypass isolation (RFC 5517, section 7).
 */
export function throughGatewayScript({ hosts }: Topology): string {
  return lines(hosts.flatMap(({ name, leg }) => leg.addresses.flatMap((address) => detour(name, leg, address))));
}

function lines(commands: readonly string[]): string {
  return ["set -e", ...batched(commands), ""].join("\n");
}

function bridge(name: string): string[] {
  return [`ip link add ${name} ${BRIDGE}`, `ip link set ${name} up`];
}

function bridgeOf(leg: string): string {
  return `b-${leg}`;
}

/** Named by VLAN and address, as a segment's name may be too long for a link. */
function communityOf({ vlan, machines }: Segment): string {
  return `c${String(vlan)}-${((machines.list[0]?.first ?? 0n) & 0xffffn).toString(16)}`;
}

function community(segment: Segment): string[] {
  const name = communityOf(segment);
  return [
    ...bridge(name),
    `ip link add ${name}p type veth peer name ${name}c`,
    `ip link set ${name}c master ${name} up`,
    `ip link set ${name}p master ${bridgeOf(`vlan${String(segment.vlan)}`)} up`,
    `bridge link set dev ${name}p isolated on`,
  ];
}

function namespace(name: string): string[] {
  return [`ip netns add ${name}`, set(name, SETTINGS), `ip -n ${name} link set lo up`];
}

function set(name: string, settings: readonly string[]): string {
  const writes = settings.map((setting) => setting.replace(/(.*)=(.*)/, "echo $2 > /proc/sys/net/$1"));
  return `ip netns exec ${name} sh -ec '${writes.join("; ")}'`;
}

function machine({ name, segment, leg, mac }: Host, topology: Topology): string[] {
  const port = segment.ports === "community" ? communityOf(segment) : bridgeOf(leg.name);
  return [
    ...namespace(name),
    `ip link add ${name} type veth peer name eth0 ${mac === undefined ? "" : `address ${mac} `}netns ${name}`,
    `ip link set ${name} master ${port} up`,
    ...(segment.ports === "isolated" ? [`bridge link set dev ${name} isolated on`] : []),
    `ip -n ${name} link set eth0 up`,
    ...addresses(topology, name).map((text) => `ip -n ${name} addr add ${alone(text)} dev eth0`),
    // Other machines of the VLAN are reached directly: layer 2 has to separate them by itself.
    ...cidrsOf(leg.sources).map((cidr) => `ip -n ${name} route replace ${cidr} dev eth0`),
    ...leg.addresses.map(({ virtual }) => `ip -n ${name} route replace default via ${virtual} dev eth0 onlink`),
  ];
}

function detour(name: string, leg: GatewayInterface, { virtual, family }: InterfaceAddress): string[] {
  return [
    `ip -n ${name} route replace ${alone(virtual)} dev eth0`,
    ...cidrsOf(ofFamily(leg.sources, family)).map(
      (cidr) => `ip -n ${name} route replace ${cidr} via ${virtual} dev eth0 onlink`,
    ),
  ];
}

/** One gateway of a pair with its own and the virtual addresses, as the master has them. */
function gatewayMachine(gateway: GatewayPlan, rulesets: readonly string[], number: number): string[] {
  const host = gatewayHost(gateway);
  const { routes, rules, asMaster } = managementWays(gateway, 0);
  return [
    ...namespace(host),
    set(host, GATEWAY_SETTINGS),
    ...gateway.interfaces.flatMap((leg) => gatewayLeg(leg, host, `g${String(number)}-${leg.name}`)),
    ...gateway.nextHops.map((via) => `ip -n ${host} route replace default via ${via}`),
    ...gateway.others.flatMap(routesTo).map(({ to, via }) => `ip -n ${host} route replace ${to} via ${via}`),
    ...routes.map((route) => `ip -n ${host} route replace ${route}`),
    ...[...rules, ...asMaster].map((rule) => `ip -n ${host} ${rule.includes(":") ? "-6 " : ""}rule add ${rule}`),
    ...rulesets.map((path) => `ip netns exec ${host} nft -f ${path}`),
    set(host, FORWARDING),
  ];
}

function gatewayLeg({ name, macs: [mac], addresses }: GatewayInterface, host: string, port: string): string[] {
  return [
    `ip link add ${port} type veth peer name ${name} address ${mac} netns ${host}`,
    `ip link set ${port} master ${bridgeOf(name)} up`,
    `ip -n ${host} link set ${name} up`,
    ...addresses.flatMap(({ virtual, own: [mine], length }) =>
      [virtual, mine].map((text) => `ip -n ${host} addr add ${text}/${String(length)} dev ${name}`),
    ),
  ];
}

/** The city's router, with every address behind it. */
function outsideMachine(topology: Topology, gateways: readonly GatewayPlan[]): string[] {
  const [uplink] = gateways.map((gateway) => interfaceNamed(gateway, gateway.uplink));
  if (uplink === undefined) return [];
  const there = [...new Set([...gateways.flatMap(({ nextHops }) => nextHops), ...addresses(topology, OUTSIDE)])];
  return [
    ...namespace(OUTSIDE),
    `ip link add ${OUTSIDE} type veth peer name eth0 netns ${OUTSIDE}`,
    `ip link set ${OUTSIDE} master ${bridgeOf(uplink.name)} up`,
    `ip -n ${OUTSIDE} link set eth0 up`,
    ...there.map(
      (text) =>
        `ip -n ${OUTSIDE} addr add ${alone(text)} dev ${uplink.sources.includes(addressOf(text)) ? "eth0" : "lo"}`,
    ),
    ...cidrsOf(uplink.sources).map((cidr) => `ip -n ${OUTSIDE} route replace ${cidr} dev eth0`),
    ...gateways.flatMap(routesBehind),
  ];
}

function routesBehind(gateway: GatewayPlan): string[] {
  const inside = routedSubnets(gateway);
  return interfaceNamed(gateway, gateway.uplink).addresses.flatMap(({ virtual, family }) =>
    cidrsOf(ofFamily(inside, family)).map((cidr) => `ip -n ${OUTSIDE} route replace ${cidr} via ${virtual} dev eth0`),
  );
}

function addresses(topology: Topology, host: string): string[] {
  return topology.addresses.filter((address) => address.host === host).map(({ text }) => text);
}

function alone(text: string): string {
  return text.includes(":") ? `${text}/128` : `${text}/32`;
}
