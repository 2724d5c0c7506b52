import { interfaceNamed } from "../gateway";
import type { GatewayInterface, GatewayPlan, Member } from "../gateway";

/** Where the checks stand on a gateway. */
export const CHECKS = { path: "/usr/local/sbin/postazioni-path", alone: "/usr/local/sbin/postazioni-alone" } as const;

/**
 * ARP, since no ruleset filters it, a full neighbour table does not touch it, and every machine answers it. arping waits
 * whole seconds, which would make keepalived leave out every other check.
 */
const ASK = 'ask() { timeout 0.8 arping -q -f -c 1 -w 1 -I "$1" -s "$2" "$3" > /dev/null 2>&1; }';

/** The IPv4 addresses of one gateway on an interface. */
interface Own {
  readonly own: string;
  readonly peer: string;
  readonly virtual: string;
}

/**
 * A shell script that succeeds while the path of a leg is alive: a target answers. Where none is known, the other gateway
 * answers or anything arrives meanwhile: the one whose path is dead hears nothing, the other its machines.
 */
export const PATH_CHECK = lines([
  "#!/bin/sh",
  "# Usage: postazioni-path LEG OWN PEER [TARGET]...",
  ASK,
  'received() { cat "/sys/class/net/$leg/statistics/rx_packets"; }',
  "leg=$1 own=$2 peer=$3 known=$# asked=",
  "shift 3",
  "before=$(received)",
  '[ "$known" -gt 3 ] || set -- "$peer"',
  'for one; do ask "$leg" "$own" "$one" & asked="$asked $!"; done',
  'for one in $asked; do wait "$one" && exit 0; done',
  '[ "$known" -eq 3 ] && [ "$(received)" -gt "$before" ]',
]);

/** The arguments of that script for a leg; undefined for one without IPv4, which has no path of its own. */
export function pathArguments(leg: GatewayInterface, member: Member): string | undefined {
  const addresses = addressesOf(leg, member);
  return addresses && [leg.name, addresses.own, addresses.peer, ...leg.targets].join(" ");
}

/**
 * A shell script that fails while this gateway must not serve: the other serves and cannot be heard in the management
 * segment, so that VRRP cannot decide, and this one is not better. It is better where a target answers in the management
 * segment, which the other then lost, or where the next hop answers and the other is not seen in the uplink.
 */
export function aloneCheck(gateway: GatewayPlan, member: Member): string {
  const [management, uplink] = [gateway.management, gateway.uplink].map((name) => interfaceNamed(gateway, name));
  const heard = asking(management, member, ({ peer }) => [peer, ...(management?.targets ?? [])]);
  const others = gateway.interfaces.filter((leg) => leg !== management && leg !== uplink);
  return lines([
    "#!/bin/sh",
    ASK,
    "heard= elsewhere= hops=",
    ...heard.map((ask) => `${ask} & heard="$heard $!"`),
    ...asking(uplink, member, ({ virtual }) => [virtual]).map((ask) => `${ask} & uplink=$!`),
    ...asking(uplink, member, () => uplink?.targets ?? []).map((ask) => `${ask} & hops="$hops $!"`),
    ...others
      .flatMap((leg) => asking(leg, member, ({ virtual }) => [virtual]))
      .map((ask) => `${ask} & elsewhere="$elsewhere $!"`),
    'any() { for one; do wait "$one" && return 0; done; return 1; }',
    "any $heard && exit 0",
    "any $uplink && exit 1",
    "any $elsewhere || exit 0",
    "any $hops",
  ]);
}

function asking(
  leg: GatewayInterface | undefined,
  member: Member,
  whom: (addresses: Own) => readonly string[],
): string[] {
  const addresses = leg && addressesOf(leg, member);
  if (leg === undefined || addresses === undefined) return [];
  return whom(addresses).map((address) => `ask ${leg.name} ${addresses.own} ${address}`);
}

function addressesOf({ addresses }: GatewayInterface, member: Member): Own | undefined {
  const found = addresses.find(({ family }) => family === 4);
  return found && { own: found.own[member], peer: found.own[member === 0 ? 1 : 0], virtual: found.virtual };
}

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
