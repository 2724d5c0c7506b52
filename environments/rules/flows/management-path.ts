import { intersect } from "../../../segmentation/box";
import { MANAGEMENT_PATH } from "../../../segmentation/plan";
import { portSet } from "../../../segmentation/ports";
import { reachOf } from "../../network/network-plan";
import type { Network } from "../../model/network";
import type { CityRule, Finding } from "../rule";

const SSH = portSet(["tcp/22"]);

/** An administrator who cuts off his own path to the firewall cannot undo it. */
export const managementPath: CityRule = {
  id: "management-path",
  explanation:
    "no block closes any packet of network.management, and with network.gateway it leads to the gateways' own addresses on tcp/22",
  repair: "narrow the block so that the administrators are not in it",
  *check(city) {
    const reach = reachOf(city);
    if (city.network.gateway !== undefined) yield* unreachedGateways(city.network.management);
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

function* unreachedGateways(management: Network["management"]): Iterable<Finding> {
  const message = "the administrators would not reach the gateways themselves by SSH";
  if (management === undefined) {
    yield { path: ["network"], message, repair: "add network.management: from where, to which segment, and tcp/22" };
  } else if (!portSet(management.ports).contains(SSH)) {
    yield { path: ["network", "management", "ports"], message, repair: "add tcp/22" };
  }
}
