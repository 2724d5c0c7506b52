import { decisionText, expectedReadings } from "../../secrets/expectations";
import type { CityRule, RuleTexts } from "../rule";

/** What people and desktops need stays readable: checked in the policies before they are deployed. */
export const mustRead = rule("mustRead", {
  id: "must-read",
  explanation: "whoever mustRead names reads the secret",
  repair: "grant it to a team, put it where the pool reads, or take the expectation out",
});

/** What must stay closed stays closed, wrapped or not: checked in the policies before they are deployed. */
export const mustNotRead = rule("mustNotRead", {
  id: "must-not-read",
  explanation: "whoever mustNotRead names does not read the secret",
  repair: "take the team's access away, put the secret where the pool does not read, or take the expectation out",
});

function rule(list: "mustRead" | "mustNotRead", texts: RuleTexts): CityRule {
  return {
    ...texts,
    *check(city) {
      for (const { index, who, secret, reads, decision } of expectedReadings(city, list)) {
        if ((reads === "no") === (list === "mustNotRead")) continue;
        const verb = reads === "no" ? "does not read" : "reads";
        const message = `${who} ${verb} ${secret}: ${decisionText(city, who, secret, decision)}`;
        yield { path: ["secrets", list, index], message };
      }
    },
  };
}
