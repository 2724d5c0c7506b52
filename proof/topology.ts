import { addressOf, addressText, familyOf, rangeOf } from "../segmentation/address";
import type { Family } from "../segmentation/address";
import { interfaceNamed } from "../segmentation/gateway";
import type { GatewayInterface, GatewayPlan } from "../segmentation/gateway";
import { intervals, NONE, unionOf } from "../segmentation/intervals";
import type { Interval, Intervals } from "../segmentation/intervals";
import type { Segment } from "../segmentation/plan";
import type { Space } from "../segmentation/space";

/** An address of probes, and its atom. */
export interface ProbeAddress {
  readonly address: bigint;
  readonly text: string;
  /** First address of its atom: no rule distinguishes addresses of one atom. */
  readonly atom: bigint;
  /** Name of its host. */
  readonly host: string;
  /** Its VLAN; undefined outside. */
  readonly vlan: number | undefined;
}

/** A machine of a segment, as a network namespace. */
export interface Host {
  /** Name of the namespace and of its port: `h3a`. */
  readonly name: string;
  /** Its segment. */
  readonly segment: Segment;
  /** The gateways' interface in its VLAN. */
  readonly leg: GatewayInterface;
  /** MAC address that the gateways hold its addresses to. @default - any */
  readonly mac?: string;
}

/** What is built of a city: its machines, the gateway, and one host for everything outside. */
export interface Topology {
  readonly hosts: readonly Host[];
  readonly addresses: readonly ProbeAddress[];
  /** The gateways' own addresses, which only receive. */
  readonly gatewayAddresses: readonly ProbeAddress[];
}

/** Name of the namespace of the first pair's gateway, one of the two. */
export const GATEWAY = "gateway";
/** Name of the namespace for everything outside: the city's router and what lies behind it. */
export const OUTSIDE = "outside";

/** Name of the namespace of a pair's gateway. */
export function gatewayHost({ name }: GatewayPlan): string {
  return name === undefined ? GATEWAY : `${GATEWAY}-${name}`;
}

/**
 * The topology of a city. Both the first and the last address of every atom get a machine, so that every rule's edges
 * are tested from both sides; a segment has two machines, since neighbours must be probed too, and one for each MAC address
 * that addresses are held to.
 */
export function topologyOf(space: Space, segments: readonly Segment[], gateways: readonly GatewayPlan[]): Topology {
  const own = segments.filter(({ external, machines }) => !external && !machines.isEmpty);
  const placed = own.map((segment, index) => place(space, segment, index, legOf(gateways, segment)));
  return {
    hosts: placed.flatMap(({ hosts }) => hosts),
    addresses: [...placed.flatMap(({ addresses }) => addresses), ...outside(space, segments, gateways)],
    gatewayAddresses: gateways.flatMap((gateway) =>
      gateway.interfaces.flatMap((leg) => gatewayAddresses(leg, gatewayHost(gateway))),
    ),
  };
}

function place(
  space: Space,
  segment: Segment,
  index: number,
  leg: GatewayInterface,
): { hosts: Host[]; addresses: ProbeAddress[] } {
  const names = [`h${String(index)}a`, `h${String(index)}b`] as const;
  const macs = [...new Set(leg.bound.map(({ mac }) => mac))];
  const ownerOf = (address: bigint): string | undefined => {
    const bound = leg.bound.find((one) => one.address === address);
    return bound && `h${String(index)}m${String(macs.indexOf(bound.mac))}`;
  };
  const atoms = space.everyAtom.filter(({ first }) => segment.machines.includes(first));
  const addresses = atoms.flatMap((atom, position) =>
    ends(atom).map((address, end) => ({
      ...named(address, atom.first),
      // An atom of one address has no second end; of others every second end is on the second machine.
      host: ownerOf(address) ?? names[(position + end) % 2 === 0 ? 0 : 1],
      vlan: segment.vlan,
    })),
  );
  const owners = macs.map((mac, number) => ({ name: `h${String(index)}m${String(number)}`, segment, leg, mac }));
  return { hosts: [...names.map((name) => ({ name, segment, leg })), ...owners], addresses };
}

/** Everything beyond the uplink, with the uplink's own machines. */
function outside(space: Space, segments: readonly Segment[], gateways: readonly GatewayPlan[]): ProbeAddress[] {
  const uplink = unionOf(gateways.map((gateway) => interfaceNamed(gateway, gateway.uplink).sources));
  const uplinkMachines = segments.reduce((sum, { machines }) => sum.union(machines.intersect(uplink)), NONE);
  const legs = gateways.flatMap(({ interfaces }) => interfaces);
  const inside = unionOf(legs.map(({ sources }) => sources)).subtract(uplinkMachines);
  // An atom that no rule names may extend from outside into a subnet, whose first addresses are the gateways'.
  return space.everyAtom.flatMap((atom) =>
    intervals([atom])
      .subtract(inside)
      .list.flatMap(ends)
      .filter(isUnicast)
      .map((address) => ({ ...named(address, atom.first), host: OUTSIDE, vlan: undefined })),
  );
}

function gatewayAddresses({ addresses }: GatewayInterface, host: string): ProbeAddress[] {
  return addresses
    .flatMap(({ virtual, own: [own] }) => [virtual, own])
    .map(addressOf)
    .map((address) => ({ ...named(address, address), host, vlan: undefined }));
}

/** The first pair's where several have one: it routes there. */
function legOf(gateways: readonly GatewayPlan[], { machines }: Segment): GatewayInterface {
  const leg = gateways.flatMap(({ interfaces }) => interfaces).find(({ sources }) => sources.contains(machines));
  if (leg === undefined) throw new Error("a segment has no leg of the gateways");
  return leg;
}

function ends({ first, last }: Interval): bigint[] {
  return first === last ? [first] : [first, last];
}

function named(address: bigint, atom: bigint): Pick<ProbeAddress, "address" | "text" | "atom"> {
  return { address, text: addressText(address), atom };
}

function isUnicast(address: bigint): boolean {
  return !NO_MACHINE[familyOf(address)].includes(address);
}

/**
 * Addresses that no machine can have: "this network", loopback, link-local, multicast and reserved ones (RFC 6890, RFC
 * 4291).
 */
const NO_MACHINE: Readonly<Record<Family, Intervals>> = {
  4: intervals(["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(rangeOf)),
  6: intervals(["::/8", "fe80::/10", "ff00::/8"].map(rangeOf)),
};
