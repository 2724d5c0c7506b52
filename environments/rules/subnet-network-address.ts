import { quoted } from "../display";
import { subnetOf } from "../subnet";
import type { CityRule } from "./rule";

/** An address with host bits reads as if the range began there; routers and firewalls would be given something else. */
export const subnetNetworkAddress: CityRule = {
  id: "subnet-network-address",
  explanation: "a subnet is written with its network address",
  repair: "write the network address",
  *check({ network }) {
    for (const [index, { subnet }] of network.segments.entries()) {
      const { cidr } = subnetOf(subnet);
      if (subnet === cidr) continue;
      const path = ["network", "segments", index, "subnet"];
      yield { path, message: `${quoted(subnet)} has host bits`, repair: `write ${cidr}` };
    }
  },
};
