import { addressOf, familyOf } from "../../../segmentation/address";
import { addressPlans, dhcpRange } from "../../network/address-plan";
import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Segment } from "../../model/network";
import type { CityRule } from "../rule";

/** A service's address that belongs to another machine, or is not in its segment, opens the wrong machine or none. */
export const serviceAddress: CityRule = {
  id: "service-address",
  explanation: "a service's address is one for machines of its segment, and not one that dhcp gives out",
  repair: "correct the address or the segment",
  *check(city) {
    const { services, segments } = city.network;
    for (const [index, { segment: name, addresses }] of services.entries()) {
      const segment = segments.find((candidate) => candidate.name === name);
      if (segment === undefined) continue;
      for (const [position, address] of addresses.entries()) {
        const message = finding(city, segment, address);
        if (message !== undefined) yield { path: ["network", "services", index, "addresses", position], message };
      }
    }
  },
};

function finding(city: City, segment: Segment, text: string): string | undefined {
  const address = addressOf(text);
  const family = familyOf(address);
  const plan = addressPlans(city, segment).find((one) => one.family === family);
  if (plan === undefined) {
    return `${quoted(text)} is an IPv${String(family)} address, and ${quoted(segment.name)} has no such range`;
  }
  if (!plan.machines.includes(address)) return `${quoted(text)} is not an address for machines in ${plan.subnet.cidr}`;
  return dhcpRange(segment).includes(address) ? `${quoted(text)} is given out by dhcp` : undefined;
}
