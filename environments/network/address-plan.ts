import { addressOf } from "../../segmentation/address";
import type { Family } from "../../segmentation/address";
import { intervals, NONE } from "../../segmentation/intervals";
import type { Intervals } from "../../segmentation/intervals";
import type { City } from "../model/city";
import type { Segment } from "../model/network";
import { subnetOf } from "./subnet";
import type { Subnet } from "./subnet";

/** Who has which address of a segment, in one family. */
export interface AddressPlan {
  readonly family: Family;
  readonly subnet: Subnet;
  /** What the machines' default route leads to; of a city with gateways, the address that the two share. */
  readonly router: bigint;
  /** The two gateways' own addresses, the first's and the second's. @default - none in a city without gateways */
  readonly gateways: readonly bigint[];
  /** Addresses that machines can have: without the network's, the broadcast (of IPv4), the router's and the gateways'. */
  readonly machines: Intervals;
}

/** The address plans of a segment, one for each family that it has; none of a segment without addresses. */
export function addressPlans({ network }: City, segment: Segment): AddressPlan[] {
  const paired = network.gateway !== undefined && !segment.external;
  const { subnet, gateway, subnet6, gateway6 } = segment;
  return [
    ...(subnet === undefined ? [] : [addressPlan(4, subnet, gateway, paired)]),
    ...(subnet6 === undefined ? [] : [addressPlan(6, subnet6, gateway6, paired)]),
  ];
}

/** The first address of a router or gateway that no machine of the subnet could have; undefined where all stand well. */
export function misplaced({ family, subnet, router, gateways }: AddressPlan): bigint | undefined {
  const [first, last] = [subnet.first + 1n, family === 4 ? subnet.last - 1n : subnet.last];
  return [router, ...gateways].find((address) => address < first || address > last);
}

/** Every address that machines of a segment can have, of both families. */
export function machinesOf(city: City, segment: Segment): Intervals {
  return addressPlans(city, segment).reduce((sum, { machines }) => sum.union(machines), NONE);
}

/** The addresses that DHCP gives out in a segment; none where its plan is static. */
export function dhcpRange({ dhcp }: Segment): Intervals {
  return dhcp === undefined ? NONE : intervals([{ first: addressOf(dhcp.first), last: addressOf(dhcp.last) }]);
}

function addressPlan(family: Family, cidr: string, routerText: string | undefined, paired: boolean): AddressPlan {
  const subnet = subnetOf(cidr);
  const router = routerText === undefined ? subnet.first + 1n : addressOf(routerText);
  const last = family === 4 ? subnet.last - 1n : subnet.last;
  const gateways = paired ? besides(router, last) : [];
  const taken = intervals([router, ...gateways].map((address) => ({ first: address, last: address })));
  // Of IPv6 the first address is the subnet-router anycast address (RFC 4291, section 2.6.1).
  const machines = intervals([{ first: subnet.first + 1n, last }]).subtract(taken);
  return { family, subnet, router, gateways, machines };
}

/** The two addresses after the router's; before it, where the subnet ends too soon. */
function besides(router: bigint, last: bigint): bigint[] {
  return router + 2n <= last ? [router + 1n, router + 2n] : [router - 1n, router - 2n];
}
