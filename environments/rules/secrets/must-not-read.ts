import { decisionText, expectedReadings } from "../../secrets/expectations";
import type { CityRule } from "../rule";

/** What must stay closed stays closed, wrapped or not: checked in the policies before they are deployed. */
export const mustNotRead: CityRule = {
  id: "must-not-read",
  explanation: "whoever mustNotRead names does not read the secret",
  repair: "take the team's access away, put the secret where the pool does not read, or take the expectation out",
  *check(city) {
    for (const { index, who, secret, reads, decision } of expectedReadings(city, "mustNotRead")) {
      if (reads === "no") continue;
      const message = `${who} reads ${secret}: ${decisionText(city, who, secret, decision)}`;
      yield { path: ["secrets", "mustNotRead", index], message };
    }
  },
};
