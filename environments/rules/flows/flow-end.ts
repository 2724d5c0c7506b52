import { statementsOf } from "../../network/statements";
import type { CityRule } from "../rule";

/**
 * A flow that nobody renews must be closed, by a reviewed change and not by a clock at night. Days are compared as
 * text: ISO 8601 sorts.
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
