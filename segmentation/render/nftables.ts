import { addressOf, ofFamily } from "../address";
import type { GatewayInterface, GatewayPlan, OtherPair } from "../gateway";
import { interfaceNamed, MEMBERS, ownAddresses, routedSubnets } from "../gateway";
import { intervals } from "../intervals";
import type { Intervals } from "../intervals";
import { MANAGEMENT_PATH, MONITORING_PATH } from "../plan";
import type { NetworkPlan, Rule } from "../plan";
import { FAMILIES, KEYWORD, macSet, matches, set } from "./nftables-match";
import { sources } from "./nftables-sources";
import { advertised } from "./router-advertisements";

/** Chains, each with a counter, for packets that no rule passes and for packets with a forged source. */
const REFUSALS = ["denied", "spoofed"] as const;
/** Limit of logging, for each rule, so that a flood does not fill the disk. */
const LOG_LIMIT = "limit rate 20/second burst 100 packets";

/**
 * The complete nftables ruleset of a pair of gateways, the same for both: default deny, stateful, with a counter for
 * each rule. It replaces its own table atomically and touches no other, so loading it twice has the same effect as
 * once.
 */
export function nftables(plan: NetworkPlan, gateway: GatewayPlan): string {
  const concerned = concerning(gateway);
  const openings = plan.openings.filter((rule) => rule.active && rule.id !== MANAGEMENT_PATH && concerned(rule));
  const blocks = plan.blocks.filter(concerned);
  const management = plan.openings.filter(({ id }) => id === MANAGEMENT_PATH);
  const monitoring = openings.filter(({ id }) => id === MONITORING_PATH);
  const counters = [...[...management, ...openings].map(flowCounter), ...blocks.map(blockCounter), ...REFUSALS];
  return [
    `# The gateways of ${gateway.city}, written from the city's file: what is changed here is lost.`,
    "table inet postazioni",
    "delete table inet postazioni",
    "table inet postazioni {",
    ...counters.map((name) => `  counter ${name} { }`),
    ...REFUSALS.flatMap((name) => chain(name, dropping("", name))),
    ...chain("sources", ["type filter hook prerouting priority raw; policy accept;", ...sources(plan, gateway)]),
    ...chain("management", management.flatMap(accepting)),
    ...chain(
      "blocks",
      blocks.flatMap((rule) => matches(rule, true).flatMap((one) => dropping(one, blockCounter(rule)))),
    ),
    ...(monitoring.length === 0 ? [] : chain("monitoring", monitoring.flatMap(accepting))),
    ...chain("flows", openings.flatMap(accepting)),
    ...chain("forward", ["type filter hook forward priority filter; policy drop;", ...forward(gateway)]),
    ...chain("input", ["type filter hook input priority filter; policy drop;", ...input(plan, gateway, monitoring)]),
    "}",
    "",
  ].join("\n");
}

/**
 * Whether a rule has an end in the subnets of a pair: of several pairs each has only such rules, so that a flow between
 * the segments of others changes nothing on it.
 */
function concerning(gateway: GatewayPlan): (rule: Rule) => boolean {
  if (gateway.others.length === 0) return () => true;
  const own = routedSubnets(gateway);
  return ({ from, to }) => !own.intersect(from).isEmpty || !own.intersect(to).isEmpty;
}

/** Name of an opening's counter. The prefix keeps an id such as `log` apart from nftables' keywords. */
export function flowCounter({ id }: Pick<Rule, "id">): string {
  return `flow-${id}`;
}

/** Name of a block's counter. */
export function blockCounter({ id }: Pick<Rule, "id">): string {
  return `block-${id}`;
}

function chain(name: string, rules: readonly string[]): string[] {
  return ["", `  chain ${name} {`, ...rules.map((rule) => `    ${rule}`), "  }"];
}

/**
 * The management path and what other gateways send come before the blocks, and the blocks before established connections:
 * a block ends the connections that it closes, in their opening direction, and leaves the answers of others.
 */
function forward(gateway: GatewayPlan): string[] {
  const { uplink, management, managementRouter } = gateway;
  return [
    `iifname "${uplink}" oifname "${uplink}" goto denied`,
    ...(managementRouter === undefined
      ? []
      : [`iifname "${management}" goto denied`, `oifname "${management}" goto denied`]),
    "jump management",
    ...gateway.others.flatMap((other) => ownPackets(uplink, other)),
    "ct direction original jump blocks",
    "ct state established,related accept",
    "ct state invalid goto denied",
    "jump flows",
    "goto denied",
  ];
}

/**
 * What another pair's gateways send themselves needs no flow and meets no block, as what this pair's own send: to name
 * servers, or relayed DHCP.
 */
function ownPackets(uplink: string, { macs, own }: OtherPair): string[] {
  return FAMILIES.flatMap((family) => {
    const addresses = ofFamily(own, family);
    if (addresses.isEmpty) return [];
    return [`iifname "${uplink}" ether saddr ${macSet(macs)} ${KEYWORD[family]} saddr ${set(addresses)} accept`];
  });
}

/**
 * Packets to the gateways themselves: the management path to their own addresses, VRRP between them, and DHCP requests.
 */
function input(plan: NetworkPlan, gateway: GatewayPlan, monitoring: readonly Rule[]): string[] {
  return [
    'iifname "lo" accept',
    ...vrrp(interfaceNamed(gateway, gateway.management)),
    "ct state established,related accept",
    "ct state invalid goto denied",
    "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept",
    ...FAMILIES.flatMap((family) => {
      const own = ofFamily(plan.gateways, family);
      if (own.isEmpty) return [];
      const to = `${KEYWORD[family]} daddr ${set(own)}`;
      const asked = monitoring.length === 0 ? [] : [`${to} jump blocks`, `${to} jump monitoring`];
      return [`${to} jump management`, ...asked];
    }),
    ...dhcp(gateway),
    ...routerSolicitations(gateway),
    "goto denied",
  ];
}

/**
 * VRRP is accepted from the peer's MAC and IP address on the management interface. Before established connections: to
 * conntrack the two gateways' announcements are one connection, which a forged packet would belong to. By protocol
 * number (RFC 5798), which nft always knows.
 */
function vrrp(management: GatewayInterface): string[] {
  const peers = MEMBERS.flatMap((member) =>
    ownAddresses(management, 4).map((own) => {
      const from = `ether saddr ${management.macs[member]} ip saddr ${own[member]}`;
      return `iifname "${management.name}" ${from} ip daddr ${own[member === 0 ? 1 : 0]} ip protocol 112 ip ttl 255 accept`;
    }),
  );
  return [...peers, "meta l4proto 112 goto denied"];
}

function dhcp({ interfaces, dhcpServers }: GatewayPlan): string[] {
  const clients = interfaces.filter((one: GatewayInterface) => one.dhcp).map(({ name }) => `"${name}"`);
  if (clients.length === 0) return [];
  return [
    `iifname { ${clients.join(", ")} } udp sport 68 udp dport 67 accept`,
    `ip saddr ${set(single(dhcpServers))} udp sport 67 udp dport 67 accept`,
  ];
}

/** A machine asks for an advertisement when it starts (RFC 4861, section 6.1.1: a hop limit of 255). */
function routerSolicitations(gateway: GatewayPlan): string[] {
  const names = advertised(gateway).map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  return [`iifname { ${names.join(", ")} } icmpv6 type nd-router-solicit ip6 hoplimit 255 accept`];
}

/** Two rules where it is logged, as for dropped packets. */
function accepting(rule: Rule): string[] {
  const counter = flowCounter(rule);
  return matches(rule, false).flatMap((match) => [
    ...(rule.log ? [`${match} ${LOG_LIMIT} ${logged(counter)}`] : []),
    `${match} counter name ${counter} accept`,
  ]);
}

/** Two rules: the first logs within the limit, the second counts and drops. */
function dropping(match: string, counter: string): string[] {
  const start = match === "" ? "" : `${match} `;
  return [`${start}${LOG_LIMIT} ${logged(counter)}`, `${start}counter name ${counter} drop`];
}

function logged(counter: string): string {
  return `log prefix "postazioni ${counter}: "`;
}

function single(addresses: readonly string[]): Intervals {
  return intervals(addresses.map(addressOf).map((address) => ({ first: address, last: address })));
}
