import { seatsInSegment, segmentRoom } from "../../capacity/addresses";
import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** Every running machine needs an address; the last ones to start would get none. */
export const subnetSeats: CityRule = {
  id: "subnet-seats",
  explanation:
    "a segment's dhcp, or else its subnet, has an address for each seat of its pools, beside the network's own, " +
    "broadcast, the router's and the gateways'",
  repair: "widen the subnet or dhcp, or move a pool to another segment",
  *check(city) {
    for (const [index, segment] of city.network.segments.entries()) {
      const seats = seatsInSegment(city, segment.name);
      const room = segmentRoom(city, segment);
      // A pool in an external segment is another rule's finding, and so is a segment without a subnet.
      if (segment.external || room === undefined || seats <= room.addresses) continue;
      const message = `${quoted(room.text)} has ${String(room.addresses)} addresses for ${String(seats)} seats`;
      yield { path: ["network", "segments", index, room.key], message };
    }
  },
};
