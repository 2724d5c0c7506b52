import { addressOf, addressText } from "../../../segmentation/address";
import { count, quoted } from "../../display";
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
    "a further pair has a virtual address in the uplink and one in the management segment, in every family that the segment has. " +
    "This address and its gateways' own, the two beside it, are addresses for machines there that nothing else has. Pairs whose " +
    "segments have IPv6 have it in the uplink too",
  repair: "write an address that is free there, with the two beside it",
  *check(city) {
    const { segments, gateway } = city.network;
    yield* withoutWay(city);
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

/** Pairs reach each other in the uplink alone. */
function* withoutWay(city: City): Iterable<Finding> {
  const { segments, gateway } = city.network;
  const uplink = segments.find(({ name }) => name === gateway?.uplink);
  if (uplink === undefined || uplink.subnet6 !== undefined) return;
  const inIpv6 = segments.filter(({ subnet6, external }) => subnet6 !== undefined && !external);
  const pairs = gatewayPairs(city).filter(({ vlans }) => inIpv6.some(({ vlan }) => vlans.has(vlan)));
  if (pairs.length < 2) return;
  yield {
    path: ["network", "gateway", "uplink"],
    message: `${quoted(uplink.name)} has no subnet6, so no IPv6 packet passes between the segments of ${count(pairs.length, "pair")}`,
    repair: "add subnet6 to the uplink, or take it from the segments of all pairs but one",
  };
}

function* inFamily(city: City, segment: Segment, plan: AddressPlan, key: AddressKey): Iterable<Finding> {
  const taken = addressOwners(city, segment, plan);
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

/** Who has which address of a segment, without the further pairs. */
function addressOwners({ network }: City, segment: Segment, plan: AddressPlan): Map<bigint, string> {
  const { nextHop, nextHop6, pathTargets = [] } = network.gateway ?? {};
  const hops = [nextHop, nextHop6].flatMap((hop) => (hop === undefined ? [] : [addressOf(hop)]));
  const services = network.services.filter((service) => service.segment === segment.name);
  return new Map<bigint, string>([
    ...pathTargets.map((target) => [addressOf(target), "path target"] as const),
    ...services.flatMap(({ name, addresses }) =>
      addresses.map((address) => [addressOf(address), `service ${quoted(name)}`] as const),
    ),
    ...hops.map((hop) => [hop, "next hop"] as const),
    ...routerAddresses(plan).map((address) => [address, "first pair"] as const),
  ]);
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
