import { MEMBERS } from "../../../segmentation/gateway";
import { cloudInit } from "../../../segmentation/render/cloud-init";
import { addressPlans, misplaced } from "../../network/address-plan";
import { gatewayPlan } from "../../network/gateway-plan";
import { reachOf } from "../../network/network-plan";
import type { City } from "../../model/city";
import type { CityRule } from "../rule";
import { wholeNumber } from "../../../segmentation/render/whole-number";

/** open-vm-tools passes messages of at most 64 KiB, and base64 takes four bytes for three. */
const MOST_BYTES = (64 * 1024 * 3) / 4;

/** Otherwise synthesis would refuse the configuration, without a line of the file. */
export const gatewayData: CityRule = {
  id: "gateway-data",
  explanation: `what a gateway is told has at most ${String(MOST_BYTES)} bytes, some 80 flows between whole zones`,
  repair: "take flows out or name fewer ends in them, or leave gateway out and enforce by your own firewalls",
  *check(city) {
    const gateway = hasItsAddresses(city) ? gatewayPlan(city) : undefined;
    if (gateway === undefined || !hasItsLegs(gateway)) return;
    const { plan } = reachOf(city);
    const bytes = Math.max(...MEMBERS.map((member) => Buffer.byteLength(cloudInit(plan, gateway, member).userData)));
    if (bytes <= MOST_BYTES) return;
    yield { path: ["network", "gateway"], message: `the gateways would be told ${wholeNumber(bytes)} bytes` };
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
