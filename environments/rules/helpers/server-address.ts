import { addressPlans, dhcpRange, takenAddresses } from "../../network/address-plan";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import { onceEach } from "../../once";

/** Why no server can have an address; undefined where one can, or for one of an unknown segment. */
export function unfitForServer(city: City, address: bigint): string | undefined {
  const segment = gatewayAddresses(city).get(address);
  return segment === undefined ? unfit(city, address) : `is an address of the city's gateways in ${quoted(segment)}`;
}

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

/** The gateways' addresses, virtual ones included, each with its segment; made once a city. */
const gatewayAddresses = onceEach((city: City): ReadonlyMap<bigint, string> => {
  const own = new Map<bigint, string>();
  for (const segment of city.network.segments) {
    if (segment.external) continue;
    const taken = addressPlans(city, segment).flatMap(takenAddresses);
    for (const address of taken) own.set(address, segment.name);
  }
  return own;
});
