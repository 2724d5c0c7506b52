import { insideOf } from "../../../segmentation/plan";
import { quoted } from "../../display";
import { reachOf } from "../../network/network-plan";
import { statementsOf } from "../../network/statements";
import type { CityRule } from "../rule";

/** Traffic between two outside networks does not pass this city's firewall, which can neither open nor close it. */
export const flowEnforced: CityRule = {
  id: "flow-enforced",
  explanation: "one end at least has machines in a segment that is not external",
  repair: "take it out; it belongs to whoever stands between the two",
  *check(city) {
    const reach = reachOf(city);
    const inside = insideOf(reach.plan);
    for (const { path, from, to } of statementsOf(city)) {
      if (from === undefined) continue;
      const [source, target] = [reach.addressesOf(from), reach.addressesOf(to)];
      if (source.isEmpty || target.isEmpty) continue;
      if (!source.intersect(inside).isEmpty || !target.intersect(inside).isEmpty) continue;

      yield { path, message: `${quoted(from)} and ${quoted(to)} are both elsewhere` };
    }
  },
};
