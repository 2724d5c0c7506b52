import { addressText, ANY_ADDRESS, cidrOf, ofFamily } from "../address";
import type { Family } from "../address";
import type { Interval, Intervals } from "../intervals";
import type { Rule } from "../plan";
import { ANY_PORT, portRanges } from "../ports";
import type { PortRange, Protocol } from "../ports";

/** nft's word for a family. */
export const KEYWORD = { 4: "ip", 6: "ip6" } as const;
const ECHO_REQUEST = { 4: "icmp type echo-request", 6: "icmpv6 type echo-request" } as const;
/** Both families. */
export const FAMILIES: readonly Family[] = [4, 6];

/**
 * A match for each family and protocol of a rule; an end that means everything is left out.
 * @param whole whether a rule on every port covers every protocol: a block does, an opening covers its three
 */
export function matches({ from, to, ports }: Rule, whole: boolean): string[] {
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

/** A set of MAC addresses. */
export function macSet(macs: readonly string[]): string {
  return `{ ${macs.join(", ")} }`;
}

/** An anonymous set of addresses, all of one family. */
export function set(addresses: Intervals): string {
  return `{ ${elements(addresses).join(", ")} }`;
}

/** Addresses as elements of such a set. */
export function elements({ list }: Intervals): string[] {
  return list.map(element);
}

function element(interval: Interval): string {
  return cidrOf(interval) ?? span(addressText(interval.first), addressText(interval.last));
}

function span(first: string, last: string): string {
  return first === last ? first : `${first}-${last}`;
}
