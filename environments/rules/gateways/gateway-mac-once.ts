import { shortened } from "../../display";
import type { City } from "../../model/city";
import { MAC_BLOCKS, macAddress, macBlock } from "../../network/gateway-mac";
import type { CrossCityFinding, CrossCityRule } from "../rule";

/**
 * Two machines with the same MAC address in a VLAN receive each other's packets, and a VLAN may span vCenters. Where
 * the ids of cities give the same block, their gateways' addresses are the same in VLANs with the same number.
 */
export const gatewayMacOnce: CrossCityRule = {
  id: "gateway-mac-once",
  explanation: "no two cities' gateways have the same MAC address",
  repair: "give one of the two cities another network.gateway.macBlock",
  *check(cities) {
    const owners = new Map<string, City>();
    const free = freeBlock(cities);
    for (const [index, city] of cities.entries()) {
      for (const finding of repeatedIn(city, index, owners)) yield { ...finding, repair: repairOf(city, free) };
    }
  },
};

/**
 * In each VLAN where another city's gateways have the same address, the first segment; the others then belong to this
 * city.
 */
function* repeatedIn(city: City, index: number, owners: Map<string, City>): Iterable<CrossCityFinding> {
  for (const [vlan, segment] of vlansOf(city)) {
    const address = macAddress(macBlock(city), vlan, 0);
    const owner = owners.get(address) ?? city;
    owners.set(address, owner);
    if (owner === city) continue;
    const message = `the gateways' MAC address ${address} in the VLAN ${String(vlan)} is that of ${shortened(owner.city.name)}'s already`;
    yield { city: index, path: ["network", "segments", segment, "vlan"], message };
  }
}

/** The VLANs of the gateways' interfaces, each with its first segment's index. */
function vlansOf({ network: { gateway, segments } }: City): Map<number, number> {
  const vlans = new Map<number, number>();
  if (gateway === undefined) return vlans;
  for (const [index, { vlan, external }] of segments.entries()) {
    if (!external && !vlans.has(vlan)) vlans.set(vlan, index);
  }
  return vlans;
}

function repairOf({ city: { name } }: City, free: number | undefined): string {
  if (free === undefined) return gatewayMacOnce.repair;
  return `add network.gateway.macBlock: ${String(free)} to ${shortened(name)}; its gateways are restarted with other addresses`;
}

function freeBlock(cities: readonly City[]): number | undefined {
  const taken = new Set(cities.filter(({ network }) => network.gateway !== undefined).map(macBlock));
  return Array.from({ length: MAC_BLOCKS }, (_, block) => block).find((block) => !taken.has(block));
}
