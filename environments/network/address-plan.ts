import { addressOf } from "../../segmentation/address";
import type { Family } from "../../segmentation/address";
import { intervals, NONE } from "../../segmentation/intervals";
import type { Interval, Intervals } from "../../segmentation/intervals";
import type { City } from "../model/city";
import type { Segment } from "../model/network";
import { onceEach } from "../once";
import { gatewayPairs } from "./gateway-pairs";
import type { GatewayPair } from "./gateway-pairs";
import { subnetOf } from "./subnet";
import type { Subnet } from "./subnet";

/** How a segment is routed: not by us (external), by a router of the city, or by the two gateways. */
type Owner = "external" | "routed" | "paired";

/** The addresses that a further pair of gateways has in a segment where another routes: the uplink or the management. */
export interface FurtherAddresses {
  /** Name of the pair. */
  readonly pair: string;
  /** Its virtual address, and the two of its gateways. */
  readonly virtual: bigint;
  readonly own: readonly bigint[];
}

/** The addresses of a segment in one family, and what they are for. */
export interface AddressPlan {
  readonly family: Family;
  readonly subnet: Subnet;
  /** The addresses that a host can have: without those of the network and the broadcast (IPv4), where the range has them. */
  readonly usable: Interval;
  /** The default route of the machines: the router's address, or the virtual address of the two gateways. @default - it is not known */
  readonly router?: bigint;
  /** The own addresses of the first and the second gateway; empty in a city without gateways. */
  readonly gateways: readonly bigint[];
  /** Of further pairs that have a leg here. */
  readonly further: readonly FurtherAddresses[];
  /** The usable addresses without those of the router and the gateways. */
  readonly machines: Intervals;
}

/** The address plans of a segment, one for each family that it has; empty for a segment without addresses. Made once a city. */
export function addressPlans(city: City, segment: Segment): readonly AddressPlan[] {
  return plansIn(city)(segment);
}

const plansIn = onceEach((city: City) => onceEach((segment: Segment) => segmentPlans(city, segment)));

function segmentPlans(city: City, segment: Segment): readonly AddressPlan[] {
  const owner = segment.external ? "external" : city.network.gateway === undefined ? "routed" : "paired";
  const { subnet, gateway, subnet6, gateway6 } = segment;
  return [
    ...(subnet === undefined ? [] : [addressPlan(4, subnet, gateway, owner, virtualAddresses(city, segment, 4))]),
    ...(subnet6 === undefined ? [] : [addressPlan(6, subnet6, gateway6, owner, virtualAddresses(city, segment, 6))]),
  ];
}

/** The virtual addresses that further pairs have in a segment, by the pair's name. */
function virtualAddresses(city: City, segment: Segment, family: Family): [string, bigint][] {
  return gatewayPairs(city).flatMap((pair): [string, bigint][] => {
    const address = sharedAddress(pair, segment, family);
    return address === undefined || pair.further === undefined ? [] : [[pair.further.name, addressOf(address)]];
  });
}

function sharedAddress(
  { further, uplink, management }: GatewayPair,
  { name }: Segment,
  family: Family,
): string | undefined {
  if (name === uplink) return family === 4 ? further?.uplinkAddress : further?.uplinkAddress6;
  if (name === management) return family === 4 ? further?.managementAddress : further?.managementAddress6;
  return undefined;
}

/** The first address of the router and the gateways that is not usable in the subnet; undefined where all are. */
export function misplaced(plan: AddressPlan): bigint | undefined {
  return routerAddresses(plan).find((address) => !isUsable(plan, address));
}

/** Whether a host can have an address in the subnet. */
export function isUsable({ usable }: Pick<AddressPlan, "usable">, address: bigint): boolean {
  return address >= usable.first && address <= usable.last;
}

/** The own addresses of every gateway in a segment. */
export function gatewaysIn({ gateways, further }: AddressPlan): bigint[] {
  return [...gateways, ...further.flatMap(({ own }) => own)];
}

/** The addresses of a segment's router and of every gateway there. */
export function takenAddresses(plan: Pick<AddressPlan, "router" | "gateways" | "further">): bigint[] {
  return [...routerAddresses(plan), ...plan.further.flatMap(({ virtual, own }) => [virtual, ...own])];
}

/** The addresses of a segment's router and of the gateways that share it. */
export function routerAddresses({ router, gateways }: Pick<AddressPlan, "router" | "gateways">): bigint[] {
  return [...(router === undefined ? [] : [router]), ...gateways];
}

/** Every address that machines of a segment can have, of both families. */
export function machinesOf(city: City, segment: Segment): Intervals {
  return addressPlans(city, segment).reduce((sum, { machines }) => sum.union(machines), NONE);
}

/** The addresses that DHCP gives out in a segment; empty where its plan is static. */
export function dhcpRange({ dhcp }: Segment): Intervals {
  return dhcp === undefined ? NONE : intervals([{ first: addressOf(dhcp.first), last: addressOf(dhcp.last) }]);
}

function addressPlan(
  family: Family,
  cidr: string,
  routerText: string | undefined,
  owner: Owner,
  others: readonly [string, bigint][],
): AddressPlan {
  const subnet = subnetOf(cidr);
  const usable = usableOf(family, subnet, owner);
  // An external segment of one or two addresses may have no router.
  const alone = owner === "external" && subnet.last - subnet.first < 2n;
  const router = routerText === undefined ? (alone ? undefined : usable.first) : addressOf(routerText);
  const gateways = owner === "paired" && router !== undefined ? besides(router, usable.last) : [];
  const further = others.map(([pair, virtual]) => ({ pair, virtual, own: besides(virtual, usable.last) }));
  const own = { ...(router !== undefined && { router }), gateways, further };
  const taken = takenAddresses(own).map((address) => ({ first: address, last: address }));
  return { family, subnet, usable, ...own, machines: intervals([usable]).subtract(intervals(taken)) };
}

/**
 * The addresses that a host can have: without those of the network and the broadcast (IPv4) and the subnet-router anycast address
 * (IPv6: RFC 4291, section 2.6.1). A range of two addresses has neither (RFC 3021; RFC 6164), nor has an external one of one address.
 * Where the city has gateways three addresses are theirs, so a range of two is too small and no exception.
 */
function usableOf(family: Family, { first, last }: Subnet, owner: Owner): Interval {
  const size = last - first + 1n;
  if (owner === "external" ? size <= 2n : size === 2n && owner === "routed") return { first, last };
  return { first: first + 1n, last: family === 4 ? last - 1n : last };
}

/** The two addresses after the router's, or before it where the subnet ends there. */
function besides(router: bigint, last: bigint): bigint[] {
  return router + 2n <= last ? [router + 1n, router + 2n] : [router - 1n, router - 2n];
}
