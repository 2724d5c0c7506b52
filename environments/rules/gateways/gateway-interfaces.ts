import { gatewayPairs, legsOf } from "../../network/gateway-pairs";
import type { CityRule } from "../rule";

/** vSphere's configuration maximum: a virtual machine has at most 10 network adapters. */
const MOST_INTERFACES = 10;

/** A gateway has an interface in each VLAN of its pair; a private VLAN is reached through its promiscuous segment. */
export const gatewayInterfaces: CityRule = {
  id: "gateway-interfaces",
  explanation: `a pair of gateways has legs in at most ${String(MOST_INTERFACES)} VLANs, primary ones counted once, with the uplink and the management`,
  repair:
    "give some segments to a pair of network.gateway.furtherPairs, give pools that reach the same one segment, or leave gateway out and " +
    "enforce by your own firewalls",
  *check(city) {
    for (const pair of gatewayPairs(city)) {
      const vlans = new Set(legsOf(city, pair).map(({ vlan }) => vlan));
      if (vlans.size <= MOST_INTERFACES) continue;
      yield { path: pair.path, message: `the gateways would have ${String(vlans.size)} interfaces` };
    }
  },
};
