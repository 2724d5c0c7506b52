import { addressOf } from "../../../segmentation/address";
import { addressPlans, dhcpRange, takenAddresses } from "../../network/address-plan";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { CityRule } from "../rule";

/**
 * The gateways relay requests and assign no addresses: a request relayed to a gateway, to a network or broadcast
 * address, or to a desktop with that address would never reach the city's server.
 */
export const gatewayDhcpServers: CityRule = {
  id: "gateway-dhcp-servers",
  explanation:
    "a DHCP server has an address that machines can have and that dhcp does not give out, not one of a segment's router or " +
    "gateways, which only pass requests on to it",
  repair: "write the DHCP server's own address",
  *check(city) {
    const own = gatewayAddresses(city);
    for (const [index, server] of (city.network.gateway?.dhcpServers ?? []).entries()) {
      const address = addressOf(server);
      const segment = own.get(address);
      const message =
        segment === undefined ? unfit(city, address) : `is an address of the city's gateways in ${quoted(segment)}`;
      if (message === undefined) continue;
      yield { path: ["network", "gateway", "dhcpServers", index], message: `${quoted(server)} ${message}` };
    }
  },
};

/** Why no server of the segment can have an address; undefined where one can, or for an unknown segment. */
function unfit(city: City, address: bigint): string | undefined {
  for (const segment of city.network.segments) {
    if (dhcpRange(segment).includes(address)) return `is given out by dhcp in ${quoted(segment.name)}`;
    for (const { subnet, usable } of addressPlans(city, segment)) {
      const isIn = address >= subnet.first && address <= subnet.last;
      if (isIn && (address < usable.first || address > usable.last))
        return `is not an address for machines in ${subnet.cidr}`;
    }
  }
  return undefined;
}

/** The gateways' addresses, virtual ones included, each with its segment. */
function gatewayAddresses(city: City): Map<bigint, string> {
  const own = new Map<bigint, string>();
  for (const segment of city.network.segments) {
    if (segment.external) continue;
    const taken = addressPlans(city, segment).flatMap(takenAddresses);
    for (const address of taken) own.set(address, segment.name);
  }
  return own;
}
