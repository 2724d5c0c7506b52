import { decisionText, expectedReadings } from "../../secrets/expectations";
import type { CityRule } from "../rule";

/** What people and desktops need stays readable: checked in the policies before they are deployed. */
export const mustRead: CityRule = {
  id: "must-read",
  explanation: "whoever mustRead names reads the secret",
  repair: "grant it to a team, put it where the pool reads, or take the expectation out",
  *check(city) {
    for (const { index, who, secret, reads, decision } of expectedReadings(city, "mustRead")) {
      if (reads !== "no") continue;
      const message = `${who} does not read ${secret}: ${decisionText(city, who, secret, decision)}`;
      yield { path: ["secrets", "mustRead", index], message };
    }
  },
};
