import { quoted, shortened } from "../../display";
import type { City } from "../../model/city";
import { MAC_BLOCKS, macAddress, pairBlock } from "../../network/gateway-mac";
import { gatewayPairs, legsOf } from "../../network/gateway-pairs";
import type { GatewayPair } from "../../network/gateway-pairs";
import type { CrossCityRule, Finding } from "../rule";

/** A pair of a city. */
interface Owner {
  readonly city: City;
  readonly pair: GatewayPair;
}

/**
 * Two machines with the same MAC address in a VLAN receive each other's packets, and a VLAN may span vCenters. Where
 * the ids of cities give the same block, their gateways' addresses are the same in VLANs with the same number.
 */
export const gatewayMacOnce: CrossCityRule = {
  id: "gateway-mac-once",
  explanation: "no two pairs of gateways have the same MAC address, in one city or in two",
  repair: "give one of the two pairs another macBlock",
  *check(cities) {
    const owners = new Map<string, Owner>();
    const free = freeBlock(cities);
    for (const [index, city] of cities.entries()) {
      for (const pair of gatewayPairs(city)) {
        const repair = repairOf({ city, pair }, free);
        for (const finding of repeatedIn({ city, pair }, owners)) yield { ...finding, city: index, repair };
      }
    }
  },
};

/**
 * In each VLAN where another city's gateways have the same address, the first segment; the others then belong to this
 * city. Two pairs of one city are reported once.
 */
function* repeatedIn({ city, pair }: Owner, owners: Map<string, Owner>): Iterable<Finding> {
  const block = pairBlock(city, pair);
  for (const [vlan, segment] of vlansOf(city, pair)) {
    const address = macAddress(block, vlan, 0);
    const owner = owners.get(address) ?? { city, pair };
    owners.set(address, owner);
    if (owner.pair === pair) continue;
    if (owner.city === city) {
      yield { path: pair.path, message: `the pair has the block of MAC addresses ${String(block)} of another` };
      return;
    }
    const message = `the gateways' MAC address ${address} in the VLAN ${String(vlan)} is that of ${shortened(owner.city.city.name)}'s already`;
    yield { path: ["network", "segments", segment, "vlan"], message };
  }
}

/** The VLANs of a pair's interfaces, each with the index of its first segment. */
function vlansOf(city: City, pair: GatewayPair): Map<number, number> {
  const legs = legsOf(city, pair);
  const firsts = new Map(legs.toReversed().map((segment) => [segment.vlan, city.network.segments.indexOf(segment)]));
  return new Map([...firsts].sort(([, a], [, b]) => a - b));
}

function repairOf({ city, pair: { further } }: Owner, free: number | undefined): string {
  if (free === undefined) return gatewayMacOnce.repair;
  const name = shortened(city.city.name);
  return further === undefined
    ? `add network.gateway.macBlock: ${String(free)} to ${name}; its gateways are restarted with other addresses`
    : `give the pair ${quoted(further.name)} of ${name} macBlock: ${String(free)}; its gateways are restarted with other addresses`;
}

function freeBlock(cities: readonly City[]): number | undefined {
  const taken = new Set(cities.flatMap((city) => gatewayPairs(city).map((pair) => pairBlock(city, pair))));
  return Array.from({ length: MAC_BLOCKS }, (_, block) => block).find((block) => !taken.has(block));
}
