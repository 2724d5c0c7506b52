import { quoted } from "../../display";
import type { CityRule } from "../rule";

/**
 * Machines need addresses. A promiscuous segment may contain only the router's port, with the other segments'
 * addresses.
 */
export const segmentSubnet: CityRule = {
  id: "segment-subnet",
  explanation: "every segment but a promiscuous one has a subnet",
  repair: "add its IPv4 range",
  *check({ network }) {
    for (const [index, { name, subnet, privateVlan }] of network.segments.entries()) {
      if (subnet !== undefined || privateVlan?.type === "promiscuous") continue;
      yield { path: ["network", "segments", index], message: `${quoted(name)} has no subnet` };
    }
  },
};
