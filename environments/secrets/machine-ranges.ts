import { addressOf, cidrsOf } from "../../segmentation/address";
import { intervals } from "../../segmentation/intervals";
import type { Interval } from "../../segmentation/intervals";
import { accessPair } from "../desktop-access/access-pair";
import { addressPlans, gatewaysIn } from "../network/address-plan";
import { subnetOf } from "../network/subnet";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";

/**
 * The source addresses that desktops of a pool have for Vault, in CIDR notation, a single address without its length: the subnets of its
 * segment, or `secrets.machinesSeenFrom` where addresses are translated between.
 */
export function poolRanges(city: City, { segment }: Pick<Pool, "segment">): string[] {
  const found = city.network.segments.filter(({ name }) => name === segment);
  return seen(city, () => found.flatMap((each) => addressPlans(city, each).map(({ subnet }) => subnet)));
}

/** The source addresses that the gateways have for Vault, in the same form: their own addresses in every segment. */
export function gatewayRanges(city: City): string[] {
  const plans = city.network.segments.flatMap((segment) => addressPlans(city, segment));
  return seen(city, () => plans.flatMap(gatewaysIn).map((own) => ({ first: own, last: own })));
}

/** Those that the access machines have, in the same form: their own addresses. */
export function accessRanges(city: City): string[] {
  const own = accessPair(city)?.own.map(addressOf) ?? [];
  return seen(city, () => own.map((each) => ({ first: each, last: each })));
}

function seen({ secrets }: City, otherwise: () => Interval[]): string[] {
  return cidrsOf(intervals(secrets.machinesSeenFrom?.map(subnetOf) ?? otherwise()));
}
