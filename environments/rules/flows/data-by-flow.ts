import { reachOf } from "../../network/network-plan";
import type { CityRule } from "../rule";

/**
 * Whatever the path to the databases, its last step is a declared flow, with an owner and a last day. So every path
 * uses one, over however many machines. Only layer 2 could bypass it.
 */
export const dataByFlow: CityRule = {
  id: "data-by-flow",
  explanation: "no machine outside the zone data reaches one in it but by a declared flow",
  repair: "give the data segment a VLAN of its own",
  *check(city) {
    const reach = reachOf(city);
    for (const [index, { name, zone }] of city.network.segments.entries()) {
      if (zone !== "data") continue;
      const direct = reach.layer2.find(({ from, to }) => to.name === name && from.zone !== "data");
      const [box] = direct?.packets ?? [];
      if (direct === undefined || box === undefined) continue;
      const { from, to } = reach.space.packet(box);
      const message = `${from} reaches ${to} without a flow, over ${direct.text}`;
      yield { path: ["network", "segments", index, "vlan"], message };
    }
  },
};
