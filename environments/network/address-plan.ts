import { addressOf } from "../../segmentation/address";
import type { Family } from "../../segmentation/address";
import { intervals, NONE } from "../../segmentation/intervals";
import type { Interval, Intervals } from "../../segmentation/intervals";
import type { City } from "../model/city";
import type { Segment } from "../model/network";
import { subnetOf } from "./subnet";
import type { Subnet } from "./subnet";

/** Whose a segment is: somebody else's, ours with a router of the city's, or ours with the two gateways. */
type Owner = "external" | "routed" | "paired";

/** Who has which address of a segment, in one family. */
export interface AddressPlan {
  readonly family: Family;
  readonly subnet: Subnet;
  /** The addresses that anything can have: without the network's and the broadcast (of IPv4), where the range has these. */
  readonly usable: Interval;
  /** What the machines' default route leads to; of a city with gateways, the address that the two share. @default - none is known */
  readonly router?: bigint;
  /** The two gateways' own addresses, the first's and the second's. @default - none in a city without gateways */
  readonly gateways: readonly bigint[];
  /** The usable addresses that machines can have: without the router's and the gateways'. */
  readonly machines: Intervals;
}

/** The address plans of a segment, one for each family that it has; none of a segment without addresses. */
export function addressPlans({ network }: City, segment: Segment): AddressPlan[] {
  const owner = segment.external ? "external" : network.gateway === undefined ? "routed" : "paired";
  const { subnet, gateway, subnet6, gateway6 } = segment;
  return [
    ...(subnet === undefined ? [] : [addressPlan(4, subnet, gateway, owner)]),
    ...(subnet6 === undefined ? [] : [addressPlan(6, subnet6, gateway6, owner)]),
  ];
}

/** The first address of a router or gateway that no machine of the subnet could have; undefined where all stand well. */
export function misplaced(plan: AddressPlan): bigint | undefined {
  const { usable } = plan;
  return takenAddresses(plan).find((address) => address < usable.first || address > usable.last);
}

/** The addresses of a segment's router and gateways. */
export function takenAddresses({ router, gateways }: Pick<AddressPlan, "router" | "gateways">): bigint[] {
  return [...(router === undefined ? [] : [router]), ...gateways];
}

/** Every address that machines of a segment can have, of both families. */
export function machinesOf(city: City, segment: Segment): Intervals {
  return addressPlans(city, segment).reduce((sum, { machines }) => sum.union(machines), NONE);
}

/** The addresses that DHCP gives out in a segment; none where its plan is static. */
export function dhcpRange({ dhcp }: Segment): Intervals {
  return dhcp === undefined ? NONE : intervals([{ first: addressOf(dhcp.first), last: addressOf(dhcp.last) }]);
}

function addressPlan(family: Family, cidr: string, routerText: string | undefined, owner: Owner): AddressPlan {
  const subnet = subnetOf(cidr);
  const usable = usableOf(family, subnet, owner);
  // In an external segment of one or two addresses its machines may be all that there is.
  const alone = owner === "external" && subnet.last - subnet.first < 2n;
  const router = routerText === undefined ? (alone ? undefined : usable.first) : addressOf(routerText);
  const gateways = owner === "paired" && router !== undefined ? besides(router, usable.last) : [];
  const own = { ...(router !== undefined && { router }), gateways };
  const taken = takenAddresses(own).map((address) => ({ first: address, last: address }));
  return { family, subnet, usable, ...own, machines: intervals([usable]).subtract(intervals(taken)) };
}

/**
 * The addresses that anything can have: without the network's and the broadcast of IPv4, and the subnet-router anycast address of
 * IPv6 (RFC 4291, section 2.6.1). A range of two has neither (RFC 3021; RFC 6164), nor has an external one of a single machine.
 * A segment of ours has a router, and where the city has gateways three of them, so that no machine would be left in such a range.
 */
function usableOf(family: Family, { first, last }: Subnet, owner: Owner): Interval {
  const size = last - first + 1n;
  if (owner === "external" ? size <= 2n : size === 2n && owner === "routed") return { first, last };
  return { first: first + 1n, last: family === 4 ? last - 1n : last };
}

/** The two addresses after the router's; before it, where the subnet ends too soon. */
function besides(router: bigint, last: bigint): bigint[] {
  return router + 2n <= last ? [router + 1n, router + 2n] : [router - 1n, router - 2n];
}
