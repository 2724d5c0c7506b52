import { reached, unreached } from "../../../segmentation/expectation";
import { reachOf } from "../../network/network-plan";
import type { CityRule, RuleTexts } from "../rule";

/** What the desktops need stays open: checked exactly, for the whole file, before anything is planned. */
export const mustReach = rule("mustReach", {
  id: "must-reach",
  explanation: "every packet of a mustReach passes",
  repair: "add a flow, narrow the block, or take the expectation out",
});

/** What must stay closed stays closed, also with flows added later and during an emergency. */
export const mustNotReach = rule("mustNotReach", {
  id: "must-not-reach",
  explanation: "no packet of a mustNotReach passes, in an emergency either",
  repair: "narrow the flow that is named, or take the expectation out",
});

function rule(list: "mustReach" | "mustNotReach", texts: RuleTexts): CityRule {
  const [failureOf, verb] = list === "mustReach" ? [unreached, "does not reach"] : [reached, "reaches"];
  return {
    ...texts,
    *check(city) {
      for (const [index, expectation] of city.network[list].entries()) {
        const failure = failureOf(reachOf(city), expectation);
        if (failure === undefined) continue;
        const { witness, because } = failure;
        const message = `${witness.from} ${verb} ${witness.to} on ${witness.port}: ${because}`;
        yield { path: ["network", list, index], message };
      }
    },
  };
}
