import { addressOf, familyOf } from "../../../segmentation/address";
import { portSet } from "../../../segmentation/ports";
import { addressPlans } from "../../network/address-plan";
import { offeredBy } from "../../network/services";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import { unfitForServer } from "../helpers/server-address";
import type { CityRule } from "../rule";

/** The lists of the gateways' servers, and the port of each: DNS (RFC 1035, section 4.2.1) and NTP (RFC 5905, section 7.2). */
const PORTS = { nameServers: "udp/53", timeServers: "udp/123" } as const;

/**
 * The gateways reach machines of their own segments directly, and everything else by their next hops; their own packets
 * need no flow. A gateway without names or time fetches no update and trusts no certificate.
 */
export const gatewayOwnServers: CityRule = {
  id: "gateway-own-servers",
  explanation:
    "a name or time server of the gateways has an address that a machine can have, that dhcp does not give out and that the " +
    "gateways reach: over IPv6 outside only with nextHop6; a service that the file has at the address takes udp/53 or udp/123",
  repair: "write the server's own address, add nextHop6, or add the port to the service",
  *check(city) {
    const { gateway } = city.network;
    if (gateway === undefined) return;
    for (const key of ["nameServers", "timeServers"] as const)
      for (const [index, server] of gateway[key].entries()) {
        const address = addressOf(server);
        const reason =
          unfitForServer(city, address) ?? unreached(city, address) ?? withoutPort(city, address, PORTS[key]);
        if (reason === undefined) continue;
        yield { path: ["network", "gateway", key, index], message: `${quoted(server)} ${reason}` };
      }
  },
};

function unreached(city: City, address: bigint): string | undefined {
  const { segments, gateway } = city.network;
  const own = segments.filter(({ external }) => !external).flatMap((segment) => addressPlans(city, segment));
  const isOwn = own.some(({ subnet }) => address >= subnet.first && address <= subnet.last);
  if (isOwn || familyOf(address) === 4 || gateway?.nextHop6 !== undefined) return undefined;
  return "is outside, and the gateways have no nextHop6";
}

/** Where the file has services at the address, one of them has to take the port. */
function withoutPort({ network }: City, address: bigint, port: string): string | undefined {
  const there = network.services.filter(({ addresses }) => addresses.some((text) => addressOf(text) === address));
  const [service] = there;
  if (service === undefined || there.some((one) => offeredBy(one).contains(portSet([port])))) return undefined;
  return `is of the service ${quoted(service.name)}, which does not take ${port}`;
}
