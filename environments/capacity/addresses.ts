import { addressPlans, dhcpRange } from "../network/address-plan";
import type { City } from "../model/city";
import type { Segment } from "../model/network";
import { seatNumbers } from "../seats/seats";
import { resource } from "./resource";
import type { Resource } from "./resource";

/** IPv4 addresses of a segment that machines can have. */
export interface SegmentRoom {
  /** The key that limits them. */
  readonly key: "dhcp" | "subnet";
  /** Its value, as in the file or as `first-last`. */
  readonly text: string;
  /** Number of addresses, without network, broadcast, router and gateways. */
  readonly addresses: number;
}

/** IPv4 addresses of every segment of the zone desktops that the city creates. */
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

/** A segment's addresses for machines: its dhcp range, otherwise its subnet; undefined without either. */
export function segmentRoom(city: City, segment: Segment): SegmentRoom | undefined {
  const { dhcp, subnet } = segment;
  if (dhcp !== undefined) {
    return { key: "dhcp", text: `${dhcp.first}-${dhcp.last}`, addresses: Number(dhcpRange(segment).size) };
  }
  const plan = addressPlans(city, segment).find(({ family }) => family === 4);
  return plan && { key: "subnet", text: subnet ?? "", addresses: Number(plan.machines.size) };
}

/** Number of machines of a segment's pools. */
export function seatsInSegment({ pools }: City, segment: string): number {
  const inSegment = pools.filter((pool) => pool.segment === segment);
  return inSegment.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
}
