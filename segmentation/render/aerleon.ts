import { createHash } from "node:crypto";
import { ANY_ADDRESS, cidrsOf, ofFamily } from "../address";
import type { Family } from "../address";
import type { Intervals } from "../intervals";
import { MANAGEMENT_PATH, withSubnets } from "../plan";
import type { NetworkPlan, Rule } from "../plan";
import { ANY_PORT, portRanges } from "../ports";
import type { Protocol } from "../ports";
import { yamlText } from "./yaml-text";

const FAMILIES: readonly Family[] = [4, 6];
const PROTOCOLS: readonly Protocol[] = ["tcp", "udp", "icmp"];
const ICMP = { 4: "icmp", 6: "icmpv6" } as const;
/** Palo Alto takes names of at most 63 characters, Aerleon by itself 62. */
const LONGEST_NAME = 60;
const HASH_LENGTH = 8;

/**
 * What Aerleon makes of a policy, by IP version: for firewalls that keep state, as no rule lets answers pass. Of IPv6 its
 * ASA target renders nothing and says nothing. Its nftables target fails on a term with one ICMP type, and its FortiGate
 * target on ICMP beside other services (both 1.18.0).
 */
export const AERLEON_TARGETS: AerleonTargets = {
  4: { ciscoasa: "postazioni inet", paloalto: "from-zone any to-zone any inet", srx: "from-zone all to-zone all inet" },
  6: { paloalto: "from-zone any to-zone any inet6", srx: "from-zone all to-zone all inet6" },
};

/** Names of Aerleon's targets with their options, by IP version. */
export type AerleonTargets = Readonly<Record<Family, Readonly<Record<string, string>>>>;

/** A term of Aerleon's policy; what is left out matches everything. */
interface Term {
  readonly name: string;
  readonly comment: string;
  readonly "source-address"?: string;
  readonly "destination-address"?: string;
  readonly "destination-port"?: string;
  readonly protocol?: string;
  readonly "icmp-type"?: readonly string[];
  readonly logging?: true;
  readonly action: "accept" | "deny";
}

/** A rule, and what its term does. */
interface Entry {
  readonly rule: Rule;
  readonly action: Term["action"];
  /** What its term's name begins with: `flow-access-to-desktops`. */
  readonly name: string;
}

/**
 * A city's rules as files of Aerleon, which turns them into the languages of many firewalls: definitions of networks and
 * services, and a policy for each IP version, in the order that first-match lists need: the management path, the blocks,
 * the flows by their ids, and the end of everything. A term's name follows from its rule's id alone.
 *
 * A term has one IP version and one protocol, and all that it names stands in the definitions: Aerleon leaves out a match
 * that it cannot follow, or whose ends share no IP version, and so would open to everybody.
 * @param city the city's name, for people
 * @param targets what Aerleon makes of it, by IP version @default AERLEON_TARGETS
 * @returns the files' texts by their paths
 */
export function aerleon(
  city: string,
  plan: NetworkPlan,
  targets: AerleonTargets = AERLEON_TARGETS,
): Map<string, string> {
  const entries = ordered(plan);
  const networks = entries.flatMap((entry) => networkTokens(plan, entry));
  const services = entries.flatMap(serviceTokens);
  return new Map([
    ["def/networks.yaml", yamlText({ networks: Object.fromEntries(networks) })],
    ["def/services.yaml", yamlText({ services: Object.fromEntries(services) })],
    ...FAMILIES.filter((family) => hasFamily(plan, family)).map((family): [string, string] => {
      const comment = `Who may reach whom in ${city}, IPv${String(family)}; written from the city's file`;
      const terms = [...entries.flatMap((entry) => termsOf(entry, family)), LAST];
      const filters = [{ header: { comment: plain(comment), targets: targets[family] }, terms }];
      return [`policies/pol/ipv${String(family)}.yaml`, yamlText({ filters })];
    }),
  ]);
}

/** The end of everything: what no term before it took. */
const LAST: Term = { name: "default-deny", comment: "what nothing opens", logging: true, action: "deny" };

function ordered({ openings, blocks }: NetworkPlan): Entry[] {
  const open = openings
    .filter(({ active }) => active)
    .map((rule) => ({ rule, action: "accept" as const, name: shortened(`flow-${rule.id}`) }));
  const isManagement = ({ rule }: Entry): boolean => rule.id === MANAGEMENT_PATH;
  return [
    ...open.filter(isManagement),
    ...blocks.map((rule) => ({ rule, action: "deny" as const, name: shortened(`block-${rule.id}`) })),
    ...open.filter((entry) => !isManagement(entry)),
  ];
}

/** A name with room for a protocol behind it; a long one ends with a hash of itself instead of its end. */
function shortened(name: string): string {
  const most = LONGEST_NAME - "-icmp".length;
  if (name.length <= most) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, most - HASH_LENGTH - 1)}-${hash}`;
}

function hasFamily({ segments }: NetworkPlan, family: Family): boolean {
  return segments.some(({ machines }) => !ofFamily(machines, family).isEmpty);
}

function termsOf({ rule, action, name }: Entry, family: Family): Term[] {
  if (!concerns(rule, family)) return [];
  const ends = {
    ...(isEverything(rule.from, family) ? {} : { "source-address": token(name, "from", family) }),
    ...(isEverything(rule.to, family) ? {} : { "destination-address": token(name, "to", family) }),
  };
  const shared = { comment: commentOf(rule), ...ends };
  const logging = rule.log || action === "deny" ? { logging: true as const } : {};
  if (rule.ports.contains(ANY_PORT)) return [{ name: `${name}-all`, ...shared, ...logging, action }];
  return PROTOCOLS.filter((protocol) => hasProtocol(rule, protocol)).map((protocol) => ({
    name: `${name}-${protocol}`,
    ...shared,
    ...protocolMatch(name, protocol, family),
    ...logging,
    action,
  }));
}

function protocolMatch(name: string, protocol: Protocol, family: Family): Partial<Term> {
  if (protocol === "icmp") return { protocol: ICMP[family], "icmp-type": ["echo-request"] };
  return { "destination-port": serviceToken(name, protocol), protocol };
}

function concerns({ from, to }: Rule, family: Family): boolean {
  return !ofFamily(from, family).isEmpty && !ofFamily(to, family).isEmpty;
}

function isEverything(addresses: Intervals, family: Family): boolean {
  return addresses.contains(ofFamily(ANY_ADDRESS, family));
}

function hasProtocol({ ports }: Rule, protocol: Protocol): boolean {
  return portRanges(ports).some((range) => range.protocol === protocol);
}

function networkTokens(plan: NetworkPlan, { rule, name }: Entry): [string, object][] {
  return (["from", "to"] as const).flatMap((end) =>
    FAMILIES.filter((family) => concerns(rule, family) && !isEverything(rule[end], family)).map(
      (family): [string, object] => {
        const addresses = cidrsOf(ofFamily(withSubnets(plan, rule[end]), family));
        return [token(name, end, family), { values: addresses.map((address) => ({ address: withLength(address) })) }];
      },
    ),
  );
}

function serviceTokens({ rule, name }: Entry): [string, object][] {
  if (rule.ports.contains(ANY_PORT)) return [];
  return (["tcp", "udp"] as const)
    .filter((protocol) => hasProtocol(rule, protocol))
    .map((protocol) => {
      const ranges = portRanges(rule.ports).filter((range) => range.protocol === protocol);
      const port = (first: number, last: number): number | string =>
        first === last ? first : `${String(first)}-${String(last)}`;
      return [serviceToken(name, protocol), ranges.map(({ first, last }) => ({ protocol, port: port(first, last) }))];
    });
}

function token(name: string, end: "from" | "to", family: Family): string {
  return `${word(name)}_${end.toUpperCase()}_V${String(family)}`;
}

function serviceToken(name: string, protocol: Protocol): string {
  return `${word(name)}_${protocol.toUpperCase()}`;
}

/** A token of Aerleon's definitions. Ids have no underscore, so a dot becomes one and no two ids the same. */
function word(name: string): string {
  return name.replaceAll(".", "_").toUpperCase();
}

function withLength(cidr: string): string {
  if (cidr.includes("/")) return cidr;
  return cidr.includes(":") ? `${cidr}/128` : `${cidr}/32`;
}

/** Who answers for the rule and until when. Its end is no `expiration`: Aerleon would ask the clock. */
function commentOf({ fromName, toName, accountability }: Rule): string {
  const ends = `${fromName} to ${toName}`;
  if (accountability === undefined) return plain(ends);
  const { owner, purpose, ticket, until } = accountability;
  return plain(`${ends}; ${purpose}; ${owner}, ${ticket}, until ${until}`);
}

/** Text that no target takes for the end of a comment. */
function plain(text: string): string {
  return text.replaceAll(/["*/\\<>&]/g, " ");
}
