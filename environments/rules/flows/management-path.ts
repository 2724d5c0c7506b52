import { intersect } from "../../../segmentation/box";
import { MANAGEMENT_PATH } from "../../../segmentation/plan";
import { reachOf } from "../../network/network-plan";
import type { CityRule } from "../rule";

/** An administrator who cuts off his own path to the firewall cannot undo it. */
export const managementPath: CityRule = {
  id: "management-path",
  explanation: "no block closes any packet of network.management",
  repair: "narrow the block so that the administrators are not in it",
  *check(city) {
    const reach = reachOf(city);
    const path = reach.plan.openings
      .filter(({ id }) => id === MANAGEMENT_PATH)
      .flatMap((rule) => reach.packetsOf(rule));
    for (const [index, { id }] of city.network.blocks.entries()) {
      const block = reach.plan.blocks.find((rule) => rule.id === id);
      const [box] = block === undefined ? [] : intersect(path, reach.packetsOf(block));
      if (box === undefined) continue;
      const { from, to, port } = reach.space.packet(box);
      const message = `it would cut the management path, such as ${from} to ${to} on ${port}`;
      yield { path: ["network", "blocks", index], message };
    }
  },
};
