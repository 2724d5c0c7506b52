import { quoted } from "../../display";
import { effectiveFlows } from "../../network/effective-flows";
import { reachOf } from "../../network/network-plan";
import type { City } from "../../model/city";
import type { Segment } from "../../model/network";
import type { Path } from "../../path";
import type { CityRule } from "../rule";

/**
 * Machines of an isolated segment must not reach each other; a router that sends packets back into the segment would
 * allow it (RFC 5517, section 7).
 */
export const isolatedReach: CityRule = {
  id: "isolated-reach",
  explanation: "no flow and no mustReach leads from an isolated segment to itself",
  repair: "name other ends, or make the segment a community",
  *check(city) {
    const isolated = city.network.segments.filter(({ privateVlan }) => privateVlan?.type === "isolated");
    for (const { path, from, to } of asked(city)) {
      const itself = isolated.find(({ name }) => from.some((end) => covers(city, end, name)) && covers(city, to, name));
      if (itself === undefined) continue;
      yield {
        path,
        message: `the machines of the isolated segment ${quoted(itself.name)} are asked to reach each other`,
      };
    }
  },
};

function asked(city: City): { path: Path; from: readonly string[]; to: string }[] {
  const expected = city.network.mustReach.map(({ from, to }, index) => ({
    path: ["network", "mustReach", index],
    from: [from],
    to,
  }));
  return [...effectiveFlows(city), ...expected];
}

/** Whether an end contains machines of a segment; one of its services is enough. */
function covers(city: City, end: string, segment: Segment["name"]): boolean {
  const reach = reachOf(city);
  return !reach.addressesOf(end).intersect(reach.addressesOf(segment)).isEmpty;
}
