import { addressOf } from "../../../segmentation/address";
import { addressPlans } from "../../network/address-plan";
import { listed, quoted } from "../../display";
import type { City } from "../../model/city";
import type { Gateway } from "../../model/gateway";
import type { Segment } from "../../model/network";
import { dangling } from "../helpers/dangling";
import type { CityRule, Finding } from "../rule";

/** The gateways have an interface in the uplink, with their next hop, and are managed over another. */
export const gatewaySegments: CityRule = {
  id: "gateway-segments",
  explanation:
    "the gateways' uplink is a segment of the zone transit that holds their next hops, and their management one of the " +
    "zone management; neither is external or private",
  repair: "name such a segment, or declare one",
  *check(city) {
    const { gateway } = city.network;
    if (gateway === undefined) return;
    yield* leg(city, gateway, "uplink", "transit");
    yield* leg(city, gateway, "management", "management");
    yield* nextHop(city, gateway, "nextHop", 4);
    yield* nextHop(city, gateway, "nextHop6", 6);
  },
};

function leg(
  city: City,
  gateway: Gateway,
  key: "uplink" | "management",
  zone: NonNullable<Segment["zone"]>,
): Finding[] {
  const fit = city.network.segments.filter(
    (segment) => segment.zone === zone && !segment.external && segment.privateVlan === undefined,
  );
  const known = fit.map(({ name }) => name);
  const path = ["network", "gateway", key];
  return dangling({
    path,
    name: gateway[key],
    known,
    noun: `such segment of the zone ${zone}`,
    declared: "network.segments",
  });
}

function* nextHop(city: City, gateway: Gateway, key: "nextHop" | "nextHop6", family: 4 | 6): Iterable<Finding> {
  const written = gateway[key];
  const uplink = city.network.segments.find(({ name }) => name === gateway.uplink);
  if (written === undefined || uplink === undefined) return;
  const plan = addressPlans(city, uplink).find((one) => one.family === family);
  if (plan?.machines.includes(addressOf(written)) === true) return;
  const message = `${quoted(written)} is not an address for machines in the uplink ${quoted(uplink.name)}`;
  const allowed = plan === undefined ? `an uplink with IPv${String(family)}` : listed([plan.subnet.cidr]);
  const repair =
    "write the address of the city's router there; the segment's gateway, a further pair's address and the two beside each are the gateways' own";
  yield { path: ["network", "gateway", key], message, allowed, repair };
}
