import { ofFamily } from "../../../segmentation/address";
import type { Family } from "../../../segmentation/address";
import type { Intervals } from "../../../segmentation/intervals";
import { quoted } from "../../display";
import { effectiveFlows } from "../../network/effective-flows";
import type { City } from "../../model/city";
import { endpointsOf } from "../../network/network-plan";
import { onceEach } from "../../once";
import type { Path } from "../../path";
import { statementsOf } from "../../network/statements";
import type { CityRule } from "../rule";

const FAMILIES: readonly Family[] = [4, 6];

/** Both addresses of a packet have the same IP version: between an IPv4 end and an IPv6 end nothing could pass. */
export const flowFamily: CityRule = {
  id: "flow-family",
  explanation: "both ends have IPv4 addresses, or both have IPv6 addresses",
  repair: "give the segment a subnet of the other family, or correct the end",
  *check(city) {
    const endpoints = endpointsOf(city);
    const families = onceEach((ends: Intervals) => FAMILIES.filter((family) => !ofFamily(ends, family).isEmpty));
    for (const { path, from, to } of pairsOf(city)) {
      const [source, target] = [endpoints.get(from), endpoints.get(to)];
      if (!source || !target || source.isEmpty || target.isEmpty) continue;
      const both = families(source).some((family) => families(target).includes(family));
      if (!both)
        yield { path: [...path, "to"], message: `${quoted(from)} and ${quoted(to)} have no IP version in common` };
    }
  },
};

/** Every pair of ends in a file; an application's flow starts in each segment of its pools. */
function pairsOf(city: City): { path: Path; from: string; to: string }[] {
  return [
    ...effectiveFlows(city).flatMap(({ path, from, to }) => from.map((one) => ({ path, from: one, to }))),
    ...statementsOf(city).flatMap(({ kind, path, from, to }) =>
      kind === "flow" || from === undefined ? [] : [{ path, from, to }],
    ),
  ];
}
