import { addressPlans, dhcpRange } from "../network/address-plan";
import type { City } from "../model/city";
import type { Segment } from "../model/network";
import { seatNumbers } from "../seats/seats";
import { resource } from "./resource";
import type { Resource } from "./resource";

/** The IPv4 addresses that a segment has for machines. */
export interface SegmentRoom {
  /** The key of the segment that limits them. */
  readonly key: "dhcp" | "subnet";
  /** Its value, as the file has it or as `first-last`. */
  readonly text: string;
  /** How many there are: without the network's, the broadcast, the router's and the gateways' own. */
  readonly addresses: number;
}

/** IPv4 addresses of every segment of the zone desktops that is the city's own. */
export function segmentResources(city: City): Resource[] {
  return city.network.segments.flatMap((segment, index) => {
    if (segment.external || segment.zone !== "desktops") return [];
    const { name } = segment;
    const room = segmentRoom(city, segment);
    const path = ["network", "segments", index, room?.key ?? "subnet"];
    const demanded = seatsInSegment(city, name);
    return [resource({ kind: "segment", name, unit: "addresses", demanded, available: room?.addresses, path })];
  });
}

/** What a segment has for machines: what its dhcp gives out, else its subnet; undefined where it has neither. */
export function segmentRoom(city: City, segment: Segment): SegmentRoom | undefined {
  const { dhcp, subnet } = segment;
  if (dhcp !== undefined) {
    return { key: "dhcp", text: `${dhcp.first}-${dhcp.last}`, addresses: Number(dhcpRange(segment).size) };
  }
  const plan = addressPlans(city, segment).find(({ family }) => family === 4);
  return plan && { key: "subnet", text: subnet ?? "", addresses: Number(plan.machines.size) };
}

/** How many machines the pools of a segment have. */
export function seatsInSegment({ pools }: City, segment: string): number {
  const inSegment = pools.filter((pool) => pool.segment === segment);
  return inSegment.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
}
