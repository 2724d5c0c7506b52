import { addressOf, addressText } from "../../../segmentation/address";
import { intervals } from "../../../segmentation/intervals";
import { addressPlans, dhcpRange } from "../../network/address-plan";
import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** DHCP assigns the whole range: the router's address, or one that is not routed back, would be assigned too. */
export const segmentDhcp: CityRule = {
  id: "segment-dhcp",
  explanation:
    "dhcp is written from its first to its last address, inside subnet, without the router's and gateways' addresses",
  repair: "correct the range",
  *check(city) {
    for (const [index, segment] of city.network.segments.entries()) {
      const { dhcp } = segment;
      if (dhcp === undefined) continue;
      const path = ["network", "segments", index, "dhcp"];
      const plan = addressPlans(city, segment).find(({ family }) => family === 4);
      if (plan === undefined) yield { path, message: "the segment has no subnet" };
      else if (addressOf(dhcp.first) > addressOf(dhcp.last)) {
        yield { path, message: `${quoted(dhcp.first)} comes after ${quoted(dhcp.last)}` };
      } else {
        const [taken] = dhcpRange(segment).subtract(plan.machines.intersect(intervals([plan.subnet]))).list;
        const message = `${addressText(taken?.first ?? 0n)} is not an address for machines in ${plan.subnet.cidr}`;
        if (taken !== undefined) yield { path, message };
      }
    }
  },
};
