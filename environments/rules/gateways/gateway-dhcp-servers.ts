import { addressOf } from "../../../segmentation/address";
import { quoted } from "../../display";
import { unfitForServer } from "../helpers/server-address";
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
    for (const [index, server] of (city.network.gateway?.dhcpServers ?? []).entries()) {
      const reason = unfitForServer(city, addressOf(server));
      if (reason === undefined) continue;
      yield { path: ["network", "gateway", "dhcpServers", index], message: `${quoted(server)} ${reason}` };
    }
  },
};
