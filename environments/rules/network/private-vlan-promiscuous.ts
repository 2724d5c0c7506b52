import type { CityRule } from "../rule";

/** A promiscuous port is a port of the primary VLAN, and no other is (RFC 5517, section 2). */
export const privateVlanPromiscuous: CityRule = {
  id: "private-vlan-promiscuous",
  explanation: "secondary equals vlan in a promiscuous segment, and in no other",
  repair: "repeat vlan in a promiscuous segment; give any other a secondary of its own",
  *check({ network }) {
    for (const [index, { vlan, privateVlan }] of network.segments.entries()) {
      if (privateVlan === undefined) continue;
      const { secondary, type } = privateVlan;
      if ((type === "promiscuous") === (secondary === vlan)) continue;
      const message = `the ${type} segment of the primary VLAN ${String(vlan)} has the secondary ${String(secondary)}`;
      yield { path: ["network", "segments", index, "privateVlan", "secondary"], message };
    }
  },
};
