import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** A primary VLAN has at most one isolated VLAN: vCenter refuses a second in the switch's map (RFC 5517, section 2). */
export const privateVlanIsolated: CityRule = {
  id: "private-vlan-isolated",
  explanation: "a primary VLAN has one isolated segment at most",
  repair: "give the segment another primary VLAN, or make it a community",
  *check({ network }) {
    const isolated = new Map<number, string>();
    for (const [index, { name, vlan, privateVlan }] of network.segments.entries()) {
      if (privateVlan?.type !== "isolated") continue;
      const other = isolated.get(vlan);
      const path = ["network", "segments", index, "privateVlan", "type"];
      const message = `the primary VLAN ${String(vlan)} has the isolated segment ${quoted(other ?? "")} already`;
      if (other !== undefined) yield { path, message };
      isolated.set(vlan, name);
    }
  },
};
