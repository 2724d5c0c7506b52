import { addressPlans, dhcpRange } from "../address-plan";
import { quoted } from "../display";
import type { City } from "../model/city";
import type { Segment } from "../model/network";
import { seatNumbers } from "../seats";
import type { CityRule } from "./rule";

/** Every running machine needs an address; the last ones to start would get none. */
export const subnetSeats: CityRule = {
  id: "subnet-seats",
  explanation:
    "a segment's dhcp, or else its subnet, has an address for each seat of its pools, beside the network's own, " +
    "broadcast, the router's and the gateways'",
  repair: "widen the subnet or dhcp, or move a pool to another segment",
  *check(city) {
    for (const [index, segment] of city.network.segments.entries()) {
      const seats = seatsIn(city, segment.name);
      const room = roomIn(city, segment);
      // A pool in an external segment is another rule's finding, and so is a segment without a subnet.
      if (segment.external || room === undefined || BigInt(seats) <= room.addresses) continue;
      const message = `${quoted(room.text)} has ${String(room.addresses)} addresses for ${String(seats)} seats`;
      yield { path: ["network", "segments", index, room.key], message };
    }
  },
};

function roomIn(city: City, segment: Segment): { key: "dhcp" | "subnet"; text: string; addresses: bigint } | undefined {
  const { dhcp, subnet } = segment;
  if (dhcp !== undefined) {
    return { key: "dhcp", text: `${dhcp.first}-${dhcp.last}`, addresses: dhcpRange(segment).size };
  }
  const plan = addressPlans(city, segment).find(({ family }) => family === 4);
  return plan && { key: "subnet", text: subnet ?? "", addresses: plan.machines.size };
}

function seatsIn({ pools }: City, segment: string): number {
  const inSegment = pools.filter((pool) => pool.segment === segment);
  return inSegment.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
}
