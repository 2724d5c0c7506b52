import { quoted } from "../display";
import type { City } from "../model/city";
import { seatNumbers } from "../seats";
import { subnetOf } from "../subnet";
import type { CityRule } from "./rule";

/** Every running machine needs an address; the last ones to start would get none. */
export const subnetSeats: CityRule = {
  id: "subnet-seats",
  explanation:
    "a segment's subnet has an address for each seat of its pools, beside the network's own, the gateway's and broadcast",
  repair: "widen the subnet, or move a pool to another segment",
  *check(city) {
    for (const [index, { name, subnet, external }] of city.network.segments.entries()) {
      const seats = seatsIn(city, name);
      const { machines } = subnetOf(subnet);
      // A pool in an external segment is another rule's finding.
      if (external || seats <= machines) continue;
      const message = `${quoted(subnet)} has ${String(machines)} addresses for ${String(seats)} seats`;
      yield { path: ["network", "segments", index, "subnet"], message };
    }
  },
};

function seatsIn({ pools }: City, segment: string): number {
  const inSegment = pools.filter((pool) => pool.segment === segment);
  return inSegment.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
}
