import type { CityRule } from "../rule";

/** vSphere's configuration maximum: a virtual machine has at most 10 network adapters. */
const MOST_INTERFACES = 10;

/** A gateway has an interface in each VLAN; a private VLAN is reached through its promiscuous segment. */
export const gatewayInterfaces: CityRule = {
  id: "gateway-interfaces",
  explanation: `a city with gateways has at most ${String(MOST_INTERFACES)} VLANs of its own, primary ones counted once`,
  repair: "give pools that reach the same one segment, or leave gateway out and enforce by your own firewalls",
  *check({ network: { gateway, segments } }) {
    const vlans = new Set(segments.filter(({ external }) => !external).map(({ vlan }) => vlan));
    if (gateway === undefined || vlans.size <= MOST_INTERFACES) return;
    yield { path: ["network", "gateway"], message: `the gateways would have ${String(vlans.size)} interfaces` };
  },
};
