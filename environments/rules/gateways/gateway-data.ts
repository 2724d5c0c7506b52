import { MEMBERS } from "../../../segmentation/gateway";
import type { GatewayPlan, Member } from "../../../segmentation/gateway";
import type { NetworkPlan } from "../../../segmentation/plan";
import { mostUserData, userDataOf } from "../../../segmentation/render/cloud-init";
import { nftables } from "../../../segmentation/render/nftables";
import { mostPacked, packed } from "../../../segmentation/render/packed";
import { addressPlans, isUsable, takenAddresses } from "../../network/address-plan";
import { gatewayPairs } from "../../network/gateway-pairs";
import { gatewayPlans } from "../../network/gateway-plan";
import { reachOf } from "../../network/network-plan";
import type { City } from "../../model/city";
import type { Path } from "../../path";
import type { CityRule, Finding } from "../rule";
import { wholeNumber } from "../../../segmentation/render/whole-number";

/** open-vm-tools passes messages of at most 64 KiB. */
const MOST_BYTES = 64 * 1024;
/** Base64 takes four bytes for three. */
const MOST_TEXT = (MOST_BYTES * 3) / 4;

/** Otherwise synthesis would refuse the configuration, without a line of the file. */
export const gatewayData: CityRule = {
  id: "gateway-data",
  explanation: `a gateway's rules have at most ${wholeNumber(MOST_BYTES)} bytes, packed, and the rest of what it is told ${wholeNumber(MOST_TEXT)}`,
  repair:
    "take flows out or name fewer ends in them, give segments to another pair of network.gateway.furtherPairs, or leave gateway out and enforce by your own firewalls",
  *check(city) {
    const plans = hasItsAddresses(city) ? gatewayPlans(city) : [];
    if (!plans.every(hasItsLegs)) return;
    const { plan } = reachOf(city);
    for (const [index, { path }] of gatewayPairs(city).entries()) {
      const gateway = plans[index];
      if (gateway !== undefined) yield* tooMuch(plan, gateway, path);
    }
  },
};

function* tooMuch(plan: NetworkPlan, gateway: GatewayPlan, path: Path): Iterable<Finding> {
  const rules = packedSize(nftables(plan, gateway));
  if (rules > MOST_BYTES) yield { path, message: `the gateways' rules have ${wholeNumber(rules)} bytes, packed` };
  const bytes = Math.max(...MEMBERS.map((member) => userDataSize(gateway, member)));
  if (bytes > MOST_TEXT) yield { path, message: `the gateways would be told ${wholeNumber(bytes)} bytes` };
}

/** The bytes of rules, packed; a bound that is cheaper where that is small enough. */
function packedSize(rules: string): number {
  const most = mostPacked(rules);
  return most > MOST_BYTES ? packed(rules).length : most;
}

/** The bytes of what a gateway is told; a bound that is cheaper where that is small enough. */
function userDataSize(gateway: GatewayPlan, member: Member): number {
  const most = mostUserData(gateway, member);
  return most > MOST_TEXT ? Buffer.byteLength(userDataOf(gateway, member)) : most;
}

/** Whether machines can have each interface's addresses; otherwise another rule reports it. */
function hasItsAddresses(city: City): boolean {
  const own = city.network.segments.filter(({ external }) => !external);
  const plans = own.flatMap((segment) => addressPlans(city, segment));
  return plans.every((plan) => takenAddresses(plan).every((address) => isUsable(plan, address)));
}

/** Whether uplink and management exist; otherwise another rule reports it. */
function hasItsLegs({ interfaces, uplink, management }: GatewayPlan): boolean {
  const names = interfaces.map(({ name }) => name);
  return names.includes(uplink) && names.includes(management);
}
