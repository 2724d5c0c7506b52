import { quoted, shortened } from "../../display";
import type { City } from "../../model/city";
import { subnetOf } from "../../network/subnet";
import type { CrossCityFinding, CrossCityRule } from "../rule";

interface Range {
  readonly city: number;
  readonly cityName: string;
  readonly segment: number;
  readonly name: string;
  readonly key: "subnet" | "subnet6";
  readonly subnet: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** Networks with overlapping addresses cannot be routed to each other, and the cities share databases and portals. */
export const subnetOverlap: CrossCityRule = {
  id: "subnet-overlap",
  explanation: "no two subnets overlap, in any city",
  repair: "give one of the two another range",
  *check(cities) {
    // Sorted by first address, a range overlaps an earlier one exactly when it begins before the furthest end so far:
    // one pass instead of a comparison of every pair.
    let furthest: Range | undefined;
    for (const range of cities.flatMap(ranges).sort(byFirst)) {
      if (furthest !== undefined && range.first <= furthest.last) yield overlap(furthest, range);
      if (furthest === undefined || range.last > furthest.last) furthest = range;
    }
  },
};

function ranges({ city: { name: cityName }, network }: City, city: number): Range[] {
  return network.segments.flatMap((segment, index) =>
    (["subnet", "subnet6"] as const).flatMap((key) => {
      const subnet = segment[key];
      if (subnet === undefined) return [];
      const { first, last } = subnetOf(subnet);
      return [{ city, cityName, segment: index, name: segment.name, key, subnet, first, last }];
    }),
  );
}

function byFirst(a: Range, b: Range): number {
  if (a.first === b.first) return 0;
  return a.first < b.first ? -1 : 1;
}

/** Reported at the later one in the files. */
function overlap(a: Range, b: Range): CrossCityFinding {
  const [earlier, later] = inFileOrder(a, b);
  const owner = later.city === earlier.city ? "" : ` in ${shortened(earlier.cityName)}`;
  return {
    city: later.city,
    path: ["network", "segments", later.segment, later.key],
    message: `${quoted(later.subnet)} overlaps ${earlier.subnet} of the segment ${quoted(earlier.name)}${owner}`,
  };
}

function inFileOrder(a: Range, b: Range): [Range, Range] {
  return a.city < b.city || (a.city === b.city && a.segment < b.segment) ? [a, b] : [b, a];
}
