import { addressOf, addressText } from "../../../segmentation/address";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { FurtherPair } from "../../model/gateway";
import type { Segment } from "../../model/network";
import { addressPlans, isUsable, routerAddresses } from "../../network/address-plan";
import type { AddressPlan } from "../../network/address-plan";
import { gatewayPairs } from "../../network/gateway-pairs";
import type { CityRule, Finding } from "../rule";

const KEYS = {
  uplink: { 4: "uplinkAddress", 6: "uplinkAddress6" },
  management: { 4: "managementAddress", 6: "managementAddress6" },
} as const;
type AddressKey = (typeof KEYS)[keyof typeof KEYS][4 | 6];

/** In the uplink and the management segment every pair has three addresses of its own in each family. */
export const gatewayPairAddresses: CityRule = {
  id: "gateway-pair-addresses",
  explanation:
    "a further pair's addresses in the uplink and in the management segment, each with the two beside it, are ones for machines " +
    "there and no other pair's, in every family that the segment has",
  repair: "write an address that is free there, as are the two after it",
  *check(city) {
    const { segments, gateway } = city.network;
    for (const place of ["uplink", "management"] as const) {
      const segment = segments.find(({ name }) => name === gateway?.[place]);
      if (segment === undefined) continue;
      const plans = addressPlans(city, segment);
      yield* withoutRange(city, segment, place);
      for (const plan of plans) yield* inFamily(city, segment, plan, KEYS[place][plan.family]);
    }
  },
};

function* withoutRange(city: City, { name, subnet6 }: Segment, place: keyof typeof KEYS): Iterable<Finding> {
  const key = KEYS[place][6];
  for (const { further, path } of gatewayPairs(city)) {
    if (subnet6 !== undefined || further?.[key] === undefined) continue;
    yield { path: [...path, key], message: `${quoted(name)} has no subnet6`, repair: "take it out, or add subnet6" };
  }
}

function* inFamily(city: City, segment: Segment, plan: AddressPlan, key: AddressKey): Iterable<Finding> {
  const taken = new Map(routerAddresses(plan).map((address) => [address, "first pair"]));
  for (const { further, path } of gatewayPairs(city)) {
    if (further === undefined) continue;
    const written = further[key];
    if (written === undefined) {
      const message = `${quoted(segment.name)} has IPv6, and the pair ${quoted(further.name)} no address there`;
      yield { path, message, repair: `add ${key}` };
      continue;
    }
    const reason = unfit(plan, further, addressOf(written), taken);
    if (reason !== undefined) yield { path: [...path, key], message: `${quoted(written)}: ${reason}` };
  }
}

/** Why a pair cannot have an address with the two beside it; otherwise they are taken from now on. */
function unfit(
  plan: AddressPlan,
  { name }: FurtherPair,
  virtual: bigint,
  taken: Map<bigint, string>,
): string | undefined {
  const { own } = plan.further.find((one) => one.pair === name && one.virtual === virtual) ?? { own: [] };
  for (const address of [virtual, ...own]) {
    const owner = taken.get(address);
    if (owner !== undefined) return `${addressText(address)} is the ${owner}'s already`;
    if (!isUsable(plan, address))
      return `${addressText(address)} is not an address for machines in ${plan.subnet.cidr}`;
  }
  for (const address of [virtual, ...own]) taken.set(address, `pair ${quoted(name)}`);
  return undefined;
}
