import { addressOf } from "../../../segmentation/address";
import { addressPlans, takenAddresses } from "../../network/address-plan";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { CityRule } from "../rule";

/** The gateways pass requests on and give out nothing: what they passed to themselves would never be answered. */
export const gatewayDhcpServers: CityRule = {
  id: "gateway-dhcp-servers",
  explanation: "no DHCP server is the address of a segment's router or gateways, which only pass requests on to it",
  repair: "write the DHCP server's own address",
  *check(city) {
    const own = gatewayAddresses(city);
    for (const [index, server] of (city.network.gateway?.dhcpServers ?? []).entries()) {
      const segment = own.get(addressOf(server));
      if (segment === undefined) continue;
      const message = `${quoted(server)} is an address of the city's gateways in ${quoted(segment)}`;
      yield { path: ["network", "gateway", "dhcpServers", index], message };
    }
  },
};

/** The gateways' addresses, the shared one among them, each with its segment's name. */
function gatewayAddresses(city: City): Map<bigint, string> {
  const own = new Map<bigint, string>();
  for (const segment of city.network.segments) {
    if (segment.external) continue;
    const taken = addressPlans(city, segment).flatMap(takenAddresses);
    for (const address of taken) own.set(address, segment.name);
  }
  return own;
}
