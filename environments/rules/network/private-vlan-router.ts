import { quoted } from "../../display";
import type { CityRule } from "../rule";

/**
 * Isolated and community ports reach a router only through a promiscuous port (RFC 5517, section 2). The file's own
 * gateways are connected to a port group of the city; another router may stand in a segment that exists elsewhere.
 */
export const privateVlanRouter: CityRule = {
  id: "private-vlan-router",
  explanation:
    "the primary VLAN of an isolated or community segment has a promiscuous segment, in a city with gateways not an " +
    "external one",
  repair: "declare a promiscuous segment with the same vlan, where the router is connected; it needs no subnet",
  *check({ network }) {
    const promiscuous = new Set(
      network.segments
        .filter(({ privateVlan }) => privateVlan?.type === "promiscuous")
        .filter(({ external }) => !external || network.gateway === undefined)
        .map(({ vlan }) => vlan),
    );
    for (const [index, { name, vlan, privateVlan, external }] of network.segments.entries()) {
      if (external || privateVlan === undefined || promiscuous.has(vlan)) continue;
      const message = `the primary VLAN ${String(vlan)} of ${quoted(name)} has no promiscuous segment`;
      yield { path: ["network", "segments", index, "privateVlan"], message };
    }
  },
};
