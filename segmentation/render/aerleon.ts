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
/**
 * Palo Alto limits names to 63 characters, and Aerleon makes the service `service-<term>-<protocol>` of a term; on a
 * longer one it fails and writes nothing for any target.
 */
const LONGEST_TERM = 63 - "service-".length - "-tcp".length;
const LONGEST_SUFFIX = "-icmp6";
const HASH_LENGTH = 8;

/** A policy file: the IP versions of its terms, and Aerleon's targets. */
export interface AerleonPolicy {
  readonly families: readonly Family[];
  /** Aerleon's targets, each with the rest of its header. */
  readonly targets: Readonly<Record<string, string>>;
}

/**
 * The policy files by name. Stateful firewalls only: a stateless list that ends with a deny drops the answers to what
 * it passes, so Aerleon's `cisco` (IOS) and `juniper` (Junos filters) are left out. SRX and Palo Alto get both IP
 * versions in one file: loading a second one would replace the first one's policies or rules of the same name.
 *
 * Limits of Aerleon 1.18.0: `ciscoasa` silently omits IPv6; `nftables` fails on a term with a single ICMP type, and
 * writes comments that nft refuses; `fortigate` fails where a policy has both ICMP and ports; `nsxt` drops the ICMP
 * type and would open all of ICMP.
 */
export const AERLEON_POLICIES: Readonly<Record<string, AerleonPolicy>> = {
  firewall: {
    families: [4, 6],
    targets: { srx: "from-zone all to-zone all mixed", paloalto: "from-zone any to-zone any mixed" },
  },
  asa: { families: [4], targets: { ciscoasa: "postazioni" } },
};

/** A term of an Aerleon policy; a missing field matches everything. */
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

/** A rule and its term's action. */
interface Entry {
  readonly rule: Rule;
  readonly action: Term["action"];
  /** Beginning of its term's name: `flow-access-to-desktops`. */
  readonly name: string;
}

/**
 * A city's rules as Aerleon files, which Aerleon translates for many firewalls: definitions of networks and services,
 * and policies in first-match order: the management path, the blocks, the flows by id, and the final deny. A term's
 * name depends only on its rule's id, protocol and IP version.
 *
 * A term has one IP version and one protocol, and every name in it is defined: Aerleon omits a match that it cannot
 * resolve, or whose ends share no IP version, and would so open to everybody.
 * @param city the city's name, for people
 * @param policies the policy files by name @default AERLEON_POLICIES
 * @returns the files' texts by path
 */
export function aerleon(city: string, plan: NetworkPlan, policies = AERLEON_POLICIES): Map<string, string> {
  const entries = ordered(plan);
  const networks = entries.flatMap((entry) => networkTokens(plan, entry));
  const services = entries.flatMap(serviceTokens);
  const comment = plain(`Who may reach whom in ${city}; written from the city's file`);
  return new Map([
    ["def/networks.yaml", yamlText({ networks: Object.fromEntries(networks) })],
    ["def/services.yaml", yamlText({ services: Object.fromEntries(services) })],
    ...Object.entries(policies).map(([name, { families, targets }]): [string, string] => {
      const terms = [...entries.flatMap((entry) => families.flatMap((family) => termsOf(entry, family))), LAST];
      return [`policies/pol/${name}.yaml`, yamlText({ filters: [{ header: { comment, targets }, terms }] })];
    }),
  ]);
}

/** The final deny. */
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

/** A name that leaves room for a protocol; a long one is cut and ends with its hash. */
function shortened(name: string): string {
  const most = LONGEST_TERM - LONGEST_SUFFIX.length;
  if (name.length <= most) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, most - HASH_LENGTH - 1)}-${hash}`;
}

/** The suffix of a term's name: in a firewall with both IP versions in one list, names must be unique. */
function suffix(kind: Protocol | "all", family: Family): string {
  return `-${kind}${family === 6 ? "6" : ""}`;
}

function termsOf({ rule, action, name }: Entry, family: Family): Term[] {
  if (!concerns(rule, family)) return [];
  const ends = {
    ...(isEverything(rule.from, family) ? {} : { "source-address": token(name, "from", family) }),
    ...(isEverything(rule.to, family) ? {} : { "destination-address": token(name, "to", family) }),
  };
  const shared = { comment: commentOf(rule), ...ends };
  const logging = rule.log || action === "deny" ? { logging: true as const } : {};
  // A block on every port closes every protocol; an opening opens its three.
  if (action === "deny" && rule.ports.contains(ANY_PORT))
    return [{ name: `${name}${suffix("all", family)}`, ...shared, ...logging, action }];
  return PROTOCOLS.filter((protocol) => hasProtocol(rule, protocol)).map((protocol) => ({
    name: `${name}${suffix(protocol, family)}`,
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

function serviceTokens({ rule, action, name }: Entry): [string, object][] {
  if (action === "deny" && rule.ports.contains(ANY_PORT)) return [];
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

/** A token of Aerleon's definitions. Ids have no underscore, so replacing dots by underscores keeps tokens unique. */
function word(name: string): string {
  return name.replaceAll(".", "_").toUpperCase();
}

function withLength(cidr: string): string {
  if (cidr.includes("/")) return cidr;
  return cidr.includes(":") ? `${cidr}/128` : `${cidr}/32`;
}

/**
 * Last day and owner come first: Aerleon cuts an ASA's remark after 100 characters. The last day is no `expiration`:
 * Aerleon would compare it with the clock.
 */
function commentOf({ fromName, toName, accountability }: Rule): string {
  const ends = `${fromName} to ${toName}`;
  if (accountability === undefined) return plain(ends);
  const { owner, purpose, ticket, until } = accountability;
  return plain(`until ${until}, ${ticket}, ${owner}; ${ends}; ${purpose}`);
}

/** Text without characters that end a comment in a target. */
function plain(text: string): string {
  return text.replaceAll(/["*/\\<>&]/g, " ");
}
