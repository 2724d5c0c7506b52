import { reached } from "../../../segmentation/expectation";
import { reachOf } from "../../network/network-plan";
import type { CityRule } from "../rule";

/** What must stay closed stays closed, also with flows added later and during an emergency. */
export const mustNotReach: CityRule = {
  id: "must-not-reach",
  explanation: "no packet of a mustNotReach passes, in an emergency either",
  repair: "narrow the flow that is named, or take the expectation out",
  *check(city) {
    for (const [index, expectation] of city.network.mustNotReach.entries()) {
      const failure = reached(reachOf(city), expectation);
      if (failure === undefined) continue;
      const { witness, because } = failure;
      const message = `${witness.from} reaches ${witness.to} on ${witness.port}: ${because}`;
      yield { path: ["network", "mustNotReach", index], message };
    }
  },
};
