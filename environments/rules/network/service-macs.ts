import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { CityRule } from "../rule";

/**
 * Nothing keeps a machine from another address of its own segment. Where rules tell a service from its neighbours, the
 * gateways hold its addresses to the MAC addresses of its machines, which vSphere lets no other port send with.
 */
export const serviceMacs: CityRule = {
  id: "service-macs",
  explanation:
    "macs has a MAC address for each of the service's addresses; in a city with gateways a service of its own that opens " +
    "flows, is blocked or manages has macs, or a neighbour could take its address, and with it what it may reach",
  repair: "write the MAC addresses of its machines' network adapters, in the order of addresses",
  *check(city) {
    const sources = sourceNames(city);
    for (const [index, { name, addresses, macs }] of city.network.services.entries()) {
      const path = ["network", "services", index];
      if (macs !== undefined && macs.length !== addresses.length) {
        const counts = `${String(macs.length)} for ${String(addresses.length)} addresses`;
        yield { path: [...path, "macs"], message: `${quoted(name)} has ${counts}` };
      }
      if (macs === undefined && sources.has(name) && isBehindGateways(city, index))
        yield { path, message: `a neighbour of ${quoted(name)} could take its address` };
    }
  },
};

/** The names whose addresses say what a machine may do. */
function sourceNames({ network: { flows, blocks, management }, emergency }: City): ReadonlySet<string> {
  const paths = management === undefined ? [] : [management];
  return new Set([...flows, ...blocks, ...emergency.flows, ...paths].map(({ from }) => from));
}

function isBehindGateways({ network: { gateway, services, segments } }: City, index: number): boolean {
  const segment = segments.find(({ name }) => name === services[index]?.segment);
  return gateway !== undefined && segment?.external === false && segment.name !== gateway.uplink;
}
