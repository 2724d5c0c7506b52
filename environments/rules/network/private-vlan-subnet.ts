import { quoted } from "../../display";
import type { CityRule } from "../rule";

/**
 * A private VLAN separates ports, and knows no addresses: a machine that takes an address of another segment of its
 * primary VLAN would have that segment's flows. A DHCP relay asks the server once for every subnet of an interface
 * (dnsmasq 2.90 does), so machines of one segment would use up, and get, the addresses of the other.
 */
export const privateVlanSubnet: CityRule = {
  id: "private-vlan-subnet",
  explanation:
    "of the segments of one primary VLAN only one has addresses: nothing keeps a machine from an address of another " +
    "segment of its primary VLAN, nor its DHCP request from that segment's range",
  repair:
    "give the segment a primary VLAN of its own with a promiscuous segment or, if its machines may reach each other, a " +
    "VLAN of its own without privateVlan",
  *check({ network: { segments } }) {
    const owners = new Map<number, string>();
    for (const [index, { name, vlan, privateVlan, subnet, subnet6 }] of segments.entries()) {
      if (privateVlan === undefined || (subnet ?? subnet6) === undefined) continue;
      const owner = owners.get(vlan);
      if (owner === undefined) owners.set(vlan, name);
      else {
        const message = `the primary VLAN ${String(vlan)} has the addresses of ${quoted(owner)} already`;
        yield { path: ["network", "segments", index, subnet === undefined ? "subnet6" : "subnet"], message };
      }
    }
  },
};
