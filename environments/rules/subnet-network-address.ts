import { quoted } from "../display";
import { subnetOf } from "../network/subnet";
import type { CityRule } from "./rule";

/** An address with host bits reads as if the range began there; routers and firewalls would be given something else. */
export const subnetNetworkAddress: CityRule = {
  id: "subnet-network-address",
  explanation: "a subnet is written with its network address",
  repair: "write the network address",
  *check({ network }) {
    for (const [index, segment] of network.segments.entries()) {
      for (const key of ["subnet", "subnet6"] as const) {
        const written = segment[key];
        if (written === undefined || !hasHostBits(written)) continue;
        const path = ["network", "segments", index, key];
        yield { path, message: `${quoted(written)} has host bits`, repair: `write ${subnetOf(written).cidr}` };
      }
    }
  },
};

/** Compared as numbers: an IPv6 address may be written in many ways. */
function hasHostBits(cidr: string): boolean {
  const address = cidr.slice(0, cidr.indexOf("/"));
  return subnetOf(`${address}/${address.includes(":") ? "128" : "32"}`).first !== subnetOf(cidr).first;
}
