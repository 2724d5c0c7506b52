import { statementsOf } from "../../network/statements";
import type { CityRule } from "../rule";

/**
 * An opening that nobody renews is closed, and not by a clock in the night but by a change that somebody reviews. Days
 * are compared as text: in ISO 8601 they sort by themselves.
 */
export const flowEnd: CityRule = {
  id: "flow-end",
  explanation: "until is not before asOf",
  repair: "take it out of the file, or renew it with its owner and write a later day",
  *check(city) {
    for (const { path, until } of statementsOf(city)) {
      if (until === undefined || until >= city.asOf) continue;
      yield { path: [...path, "until"], message: `${until} is before ${city.asOf}, the file's asOf` };
    }
  },
};
