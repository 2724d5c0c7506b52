import { addressOf, cidrsOf, familyOf, ofFamily } from "../address";
import type { OtherPair } from "../gateway";

/** A route: a range in CIDR notation and the address of the next hop. */
export interface Route {
  readonly to: string;
  readonly via: string;
}

/** The routes to another pair's subnets, by its virtual addresses in the uplink. */
export function routesTo({ nextHops, subnets }: OtherPair): Route[] {
  return nextHops.flatMap((via) => cidrsOf(ofFamily(subnets, familyOf(addressOf(via)))).map((to) => ({ to, via })));
}
