import { addressOf, addressText, ANY_ADDRESS, cidrOf, familyOf, ofFamily } from "../address";
import type { Family } from "../address";
import type { GatewayInterface, GatewayPlan, OtherPair } from "../gateway";
import { interfaceNamed, MEMBERS, ownAddresses, routedSubnets } from "../gateway";
import { intervals } from "../intervals";
import type { Interval, Intervals } from "../intervals";
import { MANAGEMENT_PATH } from "../plan";
import type { NetworkPlan, Rule } from "../plan";
import { ANY_PORT, portRanges } from "../ports";
import type { PortRange, Protocol } from "../ports";
import { advertised } from "./router-advertisements";

const KEYWORD = { 4: "ip", 6: "ip6" } as const;
const ECHO_REQUEST = { 4: "icmp type echo-request", 6: "icmpv6 type echo-request" } as const;
const FAMILIES: readonly Family[] = [4, 6];
/** Chains, each with a counter, for packets that no rule passes and for packets with a forged source. */
const REFUSALS = ["denied", "spoofed"] as const;
/** Limit of logging, for each rule, so that a flood does not fill the disk. */
const LOG_LIMIT = "limit rate 20/second burst 100 packets";
/**
 * IPv6 neighbour discovery needs a link-local address, and the unspecified one before (RFC 4861); DHCP needs the
 * unspecified one (RFC 2131).
 */
const ALWAYS_FROM = { 4: ["0.0.0.0"], 6: ["fe80::/10", "::"] } as const;

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
    ...chain("flows", openings.flatMap(accepting)),
    ...chain("forward", ["type filter hook forward priority filter; policy drop;", ...forward(gateway)]),
    ...chain("input", ["type filter hook input priority filter; policy drop;", ...input(plan, gateway)]),
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
 * No packet may have a source address of another interface; from outside, none may have one of the city's own segments, but
 * another pair's packets, which it has asked that already, come with its own MAC addresses. Whoever passes an
 * administrator's packets on to this one's management has asked that too.
 */
function sources(plan: NetworkPlan, gateway: GatewayPlan): string[] {
  const { interfaces, uplink } = gateway;
  const own = routedSubnets(gateway);
  return [
    'iifname "lo" accept',
    ...passedOn(plan, gateway),
    ...interfaces.flatMap(bound),
    ...FAMILIES.flatMap((family) => {
      const inside = ofFamily(own, family);
      if (inside.isEmpty) return [];
      return [`iifname "${uplink}" ${KEYWORD[family]} saddr ${set(inside)} goto spoofed`];
    }),
    ...gateway.others.flatMap((other) => fromOthers(uplink, other)),
    ...interfaces
      .filter(({ name }) => name !== uplink)
      .flatMap(({ name, sources: from }) =>
        FAMILIES.map((family) => {
          const allowed = [...elements(ofFamily(from, family)), ...ALWAYS_FROM[family]].join(", ");
          return `iifname "${name}" ${KEYWORD[family]} saddr != { ${allowed} } goto spoofed`;
        }),
      ),
  ];
}

/** Another pair's addresses come from its MAC addresses alone. */
function fromOthers(uplink: string, { macs, subnets }: OtherPair): string[] {
  return FAMILIES.flatMap((family) => {
    const others = ofFamily(subnets, family);
    if (others.isEmpty) return [];
    return [`iifname "${uplink}" ether saddr != ${macSet(macs)} ${KEYWORD[family]} saddr ${set(others)} goto spoofed`];
  });
}

/**
 * The addresses of some machines, each with its MAC address: no other sends under them, and they under no others. vSphere
 * lets no port send with another MAC address than its own.
 */
function bound({ name, bound: addresses }: GatewayInterface): string[] {
  return FAMILIES.flatMap((family) => {
    const own = addresses.filter(({ address }) => familyOf(address) === family);
    if (own.length === 0) return [];
    const source = `${KEYWORD[family]} saddr`;
    const pairs = own.map(({ address, mac }) => `${addressText(address)} . ${mac}`);
    const macs = [...new Set(own.map(({ mac }) => mac))];
    const isOther = `${source} . ether saddr != { ${pairs.join(", ")} } goto spoofed`;
    return [
      `iifname "${name}" ${source} { ${own.map(({ address }) => addressText(address)).join(", ")} } ${isOther}`,
      `iifname "${name}" ether saddr ${macSet(macs)} ${source} != { ${ALWAYS_FROM[family].join(", ")} } ${isOther}`,
    ];
  });
}

/**
 * An administrator's packets to the backup come through the master, to a further pair through the first, with his address
 * and the other's MAC address, which vSphere lets no other port send. The chain input then asks whether the management
 * path opens them.
 */
function passedOn({ gateways }: NetworkPlan, gateway: GatewayPlan): string[] {
  const { name, macs: peers } = interfaceNamed(gateway, gateway.management);
  const { macs } = gateway.managementRouter ?? { macs: peers };
  return FAMILIES.flatMap((family) => {
    const own = ofFamily(gateways, family);
    if (own.isEmpty) return [];
    return [`iifname "${name}" ether saddr ${macSet(macs)} ${KEYWORD[family]} daddr ${set(own)} accept`];
  });
}

/**
 * The management path comes before the blocks, and the blocks before established connections: a block ends the
 * connections that it closes, in their opening direction, and leaves the answers of others.
 */
function forward(gateway: GatewayPlan): string[] {
  const { uplink, management, managementRouter } = gateway;
  return [
    `iifname "${uplink}" oifname "${uplink}" goto denied`,
    ...(managementRouter === undefined
      ? []
      : [`iifname "${management}" goto denied`, `oifname "${management}" goto denied`]),
    "jump management",
    "ct direction original jump blocks",
    "ct state established,related accept",
    "ct state invalid goto denied",
    ...gateway.others.flatMap((other) => ownPackets(uplink, other)),
    "jump flows",
    "goto denied",
  ];
}

/** What another pair's gateways send themselves needs no flow, as what this pair's own do: to name servers, or relayed DHCP. */
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
function input(plan: NetworkPlan, gateway: GatewayPlan): string[] {
  return [
    'iifname "lo" accept',
    ...vrrp(interfaceNamed(gateway, gateway.management)),
    "ct state established,related accept",
    "ct state invalid goto denied",
    "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept",
    ...FAMILIES.flatMap((family) => {
      const own = ofFamily(plan.gateways, family);
      return own.isEmpty ? [] : [`${KEYWORD[family]} daddr ${set(own)} jump management`];
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

/**
 * A match for each family and protocol of a rule; an end that means everything is left out.
 * @param whole whether a rule on every port covers every protocol: a block does, an opening covers its three
 */
function matches({ from, to, ports }: Rule, whole: boolean): string[] {
  return FAMILIES.flatMap((family) => {
    const [sources, targets] = [ofFamily(from, family), ofFamily(to, family)];
    if (sources.isEmpty || targets.isEmpty) return [];
    const ends = [...end(family, "saddr", sources), ...end(family, "daddr", targets)];
    const given = ends.length > 0 ? ends : [`meta nfproto ipv${String(family)}`];
    return portMatches(ports, family, whole).map((port) => [...given, ...port].join(" "));
  });
}

function end(family: Family, key: "saddr" | "daddr", addresses: Intervals): string[] {
  if (addresses.contains(ofFamily(ANY_ADDRESS, family))) return [];
  return [`${KEYWORD[family]} ${key} ${set(addresses)}`];
}

function portMatches(ports: Intervals, family: Family, whole: boolean): string[][] {
  if (whole && ports.contains(ANY_PORT)) return [[]];
  const ranges = portRanges(ports);
  return (["tcp", "udp", "icmp"] as const)
    .map((protocol) => ranges.filter((range) => range.protocol === protocol))
    .filter((same) => same.length > 0)
    .map((same) => [portMatch(same[0]?.protocol ?? "tcp", same, family)]);
}

function portMatch(protocol: Protocol, ranges: readonly PortRange[], family: Family): string {
  if (protocol === "icmp") return ECHO_REQUEST[family];
  return `${protocol} dport { ${ranges.map(({ first, last }) => span(String(first), String(last))).join(", ")} }`;
}

function macSet(macs: readonly string[]): string {
  return `{ ${macs.join(", ")} }`;
}

function set(addresses: Intervals): string {
  return `{ ${elements(addresses).join(", ")} }`;
}

function elements({ list }: Intervals): string[] {
  return list.map(element);
}

function element(interval: Interval): string {
  return cidrOf(interval) ?? span(addressText(interval.first), addressText(interval.last));
}

function span(first: string, last: string): string {
  return first === last ? first : `${first}-${last}`;
}

function single(addresses: readonly string[]): Intervals {
  return intervals(addresses.map(addressOf).map((address) => ({ first: address, last: address })));
}
