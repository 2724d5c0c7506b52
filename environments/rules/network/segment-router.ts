import { addressOf, addressText } from "../../../segmentation/address";
import { addressPlans, misplaced } from "../../network/address-plan";
import type { AddressPlan } from "../../network/address-plan";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Segment } from "../../model/network";
import type { Path } from "../../path";
import type { CityRule, Finding } from "../rule";

/** Machines need a router in their own subnet; no machine can have the network or broadcast address. */
export const segmentRouter: CityRule = {
  id: "segment-router",
  explanation:
    "gateway is an address for machines in subnet, gateway6 one in subnet6, and so are the two beside it that the city's " +
    "gateways take",
  repair: "write another address of the segment's range, or widen it",
  *check(city) {
    for (const [index, segment] of city.network.segments.entries()) {
      const path = ["network", "segments", index];
      yield* withoutRange(segment, path);
      for (const plan of addressPlans(city, segment)) yield* outside(city, segment, plan, path);
    }
  },
};

function* withoutRange({ name, subnet, gateway, subnet6, gateway6 }: Segment, path: Path): Iterable<Finding> {
  if (gateway !== undefined && subnet === undefined) {
    yield {
      path: [...path, "gateway"],
      message: `${quoted(gateway)} is an IPv4 address, and ${quoted(name)} has no subnet`,
    };
  }
  if (gateway6 !== undefined && subnet6 === undefined) {
    const message = `${quoted(gateway6)} is an IPv6 address, and ${quoted(name)} has no subnet6`;
    yield { path: [...path, "gateway6"], message };
  }
}

/** Reported at the address where one is written, otherwise at the range that has no room for it. */
function* outside(city: City, segment: Segment, plan: AddressPlan, path: Path): Iterable<Finding> {
  const { family, subnet, router } = plan;
  const wrong = misplaced(plan);
  const written = family === 4 ? segment.gateway : segment.gateway6;
  if (wrong === undefined) return;
  const key = written === undefined ? subnetKey(family) : routerKey(family);
  const whose = wrong === router ? "router" : `gateways of ${city.city.name}`;
  const shown = written !== undefined && addressOf(written) === wrong ? quoted(written) : addressText(wrong);
  yield {
    path: [...path, key],
    message: `the address ${shown} of the ${whose} is not one for machines in ${subnet.cidr}`,
  };
}

function subnetKey(family: 4 | 6): string {
  return family === 4 ? "subnet" : "subnet6";
}

function routerKey(family: 4 | 6): string {
  return family === 4 ? "gateway" : "gateway6";
}
