import { cidrsOf } from "../../segmentation/address";
import { intervals } from "../../segmentation/intervals";
import type { Interval } from "../../segmentation/intervals";
import { addressPlans } from "../network/address-plan";
import { subnetOf } from "../network/subnet";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";

/**
 * The ranges from which Vault sees the desktops of a pool, in CIDR notation, a single address without its length: those of its segment,
 * or what the file says where something between translates addresses.
 */
export function poolRanges(city: City, { segment }: Pick<Pool, "segment">): string[] {
  const found = city.network.segments.filter(({ name }) => name === segment);
  return seen(city, () => found.flatMap((each) => addressPlans(city, each).map(({ subnet }) => subnet)));
}

/** The ranges from which Vault sees the gateways, in the same form: their own addresses in every segment, and no other. */
export function gatewayRanges(city: City): string[] {
  const plans = city.network.segments.flatMap((segment) => addressPlans(city, segment));
  return seen(city, () => plans.flatMap(({ gateways }) => gateways.map((own) => ({ first: own, last: own }))));
}

function seen({ secrets }: City, otherwise: () => Interval[]): string[] {
  return cidrsOf(intervals(secrets.machinesSeenFrom?.map(subnetOf) ?? otherwise()));
}
