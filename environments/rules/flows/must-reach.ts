import { unreached } from "../../../segmentation/expectation";
import { reachOf } from "../../network/network-plan";
import type { CityRule } from "../rule";

/** What the desktops need stays open: checked exactly, for the whole file, before anything is planned. */
export const mustReach: CityRule = {
  id: "must-reach",
  explanation: "every packet of a mustReach passes",
  repair: "add a flow, narrow the block, or take the expectation out",
  *check(city) {
    for (const [index, expectation] of city.network.mustReach.entries()) {
      const failure = unreached(reachOf(city), expectation);
      if (failure === undefined) continue;
      const { witness, because } = failure;
      const message = `${witness.from} does not reach ${witness.to} on ${witness.port}: ${because}`;
      yield { path: ["network", "mustReach", index], message };
    }
  },
};
