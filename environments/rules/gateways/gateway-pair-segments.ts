import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { FurtherPair } from "../../model/gateway";
import { gatewayPairs } from "../../network/gateway-pairs";
import type { Path } from "../../path";
import { dangling } from "../helpers/dangling";
import type { CityRule, Finding } from "../rule";

/** Two pairs in one VLAN would both be its machines' router. */
export const gatewayPairSegments: CityRule = {
  id: "gateway-pair-segments",
  explanation:
    "a further pair's segments are the city's own, in VLANs of no other pair; the uplink and the management are the first pair's, " +
    "in which the others have addresses",
  repair: "leave it to one of the two pairs: a VLAN's segments go together",
  *check(city) {
    const owners = new Map<number, FurtherPair>();
    for (const { further, path } of gatewayPairs(city)) {
      if (further !== undefined) yield* segmentsOf(city, further, path, owners);
    }
  },
};

function* segmentsOf(city: City, pair: FurtherPair, path: Path, owners: Map<number, FurtherPair>): Iterable<Finding> {
  const free = freeSegments(city);
  const known = [...free.keys()];
  for (const [index, name] of pair.segments.entries()) {
    const at = [...path, "segments", index];
    const vlan = free.get(name);
    const owner = vlan === undefined ? undefined : owners.get(vlan);
    if (vlan === undefined) {
      yield* dangling({ path: at, name, known, noun: "segment for a further pair", declared: "network.segments" });
    } else if (owner !== undefined && owner !== pair) {
      const message = `the VLAN ${String(vlan)} of ${quoted(name)} is the pair ${quoted(owner.name)}'s already`;
      yield { path: at, message };
    } else owners.set(vlan, pair);
  }
}

/** The segments that a further pair may have, each with its VLAN. */
function freeSegments({ network: { segments, gateway } }: City): Map<string, number> {
  const own = segments.filter(({ external }) => !external);
  const firsts = own.filter(({ name }) => name === gateway?.uplink || name === gateway?.management);
  const vlans = new Set(firsts.map(({ vlan }) => vlan));
  return new Map(own.filter(({ vlan }) => !vlans.has(vlan)).map(({ name, vlan }) => [name, vlan]));
}
