import { addressOf } from "../../../segmentation/address";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import { dhcpRange, machinesOf } from "../../network/address-plan";
import type { CityRule } from "../rule";

/** What never answers counts as a dead path, on both gateways, and so hides one that is dead on one of them. */
export const gatewayPathTargets: CityRule = {
  id: "gateway-path-targets",
  explanation:
    "a path target is an address that a machine of one of the city's own segments can have and that dhcp does not give out, " +
    "and not in the uplink, whose target is the next hop",
  repair: "write the address of a switch or a server in that segment, or take it out",
  *check(city) {
    for (const [index, target] of (city.network.gateway?.pathTargets ?? []).entries()) {
      if (isFit(city, addressOf(target))) continue;
      const path = ["network", "gateway", "pathTargets", index];
      yield { path, message: `${quoted(target)} is not an address that always answers in a segment of the gateways'` };
    }
  },
};

function isFit(city: City, address: bigint): boolean {
  const { gateway, segments } = city.network;
  const inside = segments.filter(({ external, name }) => !external && name !== gateway?.uplink);
  return inside.some((segment) => machinesOf(city, segment).subtract(dhcpRange(segment)).includes(address));
}
