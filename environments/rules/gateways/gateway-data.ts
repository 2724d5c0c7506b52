import { MEMBERS } from "../../../segmentation/gateway";
import { packedRules, userDataOf } from "../../../segmentation/render/cloud-init";
import { addressPlans, misplaced } from "../../network/address-plan";
import { gatewayPlan } from "../../network/gateway-plan";
import { reachOf } from "../../network/network-plan";
import type { City } from "../../model/city";
import type { CityRule } from "../rule";
import { wholeNumber } from "../../../segmentation/render/whole-number";

/** open-vm-tools passes messages of at most 64 KiB. */
const MOST_BYTES = 64 * 1024;
/** Base64 takes four bytes for three. */
const MOST_TEXT = (MOST_BYTES * 3) / 4;

/** Otherwise synthesis would refuse the configuration, without a line of the file. */
export const gatewayData: CityRule = {
  id: "gateway-data",
  explanation: `a gateway's rules have at most ${wholeNumber(MOST_BYTES)} bytes, packed, and the rest of what it is told ${wholeNumber(MOST_TEXT)}`,
  repair: "take flows out or name fewer ends in them, or leave gateway out and enforce by your own firewalls",
  *check(city) {
    const gateway = hasItsAddresses(city) ? gatewayPlan(city) : undefined;
    if (gateway === undefined || !hasItsLegs(gateway)) return;
    const path = ["network", "gateway"];
    const rules = packedRules(reachOf(city).plan, gateway).length;
    if (rules > MOST_BYTES) yield { path, message: `the gateways' rules have ${wholeNumber(rules)} bytes, packed` };
    const bytes = Math.max(...MEMBERS.map((member) => Buffer.byteLength(userDataOf(gateway, member))));
    if (bytes > MOST_TEXT) yield { path, message: `the gateways would be told ${wholeNumber(bytes)} bytes` };
  },
};

/** Whether machines can have each interface's addresses; otherwise another rule reports it. */
function hasItsAddresses(city: City): boolean {
  const own = city.network.segments.filter(({ external }) => !external);
  return own.every((segment) => addressPlans(city, segment).every((plan) => misplaced(plan) === undefined));
}

/** Whether uplink and management exist; otherwise another rule reports it. */
function hasItsLegs({ interfaces, uplink, management }: NonNullable<ReturnType<typeof gatewayPlan>>): boolean {
  const names = interfaces.map(({ name }) => name);
  return names.includes(uplink) && names.includes(management);
}
