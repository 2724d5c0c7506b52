import { addressText } from "../../segmentation/address";
import { addressPlans } from "../network/address-plan";
import { subnetOf } from "../network/subnet";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Segment } from "../model/network";

const BITS = { 4: 32, 6: 128 } as const;

/**
 * The ranges from which Vault sees the desktops of a pool, in CIDR notation: those of its segment, or what the file says where
 * something between translates addresses.
 */
export function poolRanges(city: City, { segment }: Pick<Pool, "segment">): string[] {
  const found = city.network.segments.filter(({ name }) => name === segment);
  return seen(city, () => found.flatMap((each) => segmentRanges(city, each)));
}

/** The ranges from which Vault sees the gateways: around their own addresses in every segment, which no other machine has. */
export function gatewayRanges(city: City): string[] {
  return seen(city, () => city.network.segments.flatMap((segment) => ownRanges(city, segment)));
}

function seen({ secrets }: City, otherwise: () => string[]): string[] {
  const said = secrets.machinesSeenFrom?.map((range) => subnetOf(range).cidr);
  return [...new Set(said ?? otherwise())];
}

function segmentRanges(city: City, segment: Segment): string[] {
  return addressPlans(city, segment).map(({ subnet }) => subnet.cidr);
}

/**
 * Two addresses a range: one by itself Vault gives back without its length, which provider 3.3.1 takes for a change. The other
 * is usually the other gateway.
 */
function ownRanges(city: City, segment: Segment): string[] {
  return addressPlans(city, segment).flatMap(({ family, gateways }) =>
    gateways.map((address) => `${addressText(address & ~1n)}/${String(BITS[family] - 1)}`),
  );
}
