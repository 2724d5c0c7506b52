import { repeated } from "../helpers/repeated";
import type { CityRule } from "../rule";

/** Two waivers of the same finding could end on two days, and it would be unclear which applies. */
export const waiverOnce: CityRule = {
  id: "waiver-once",
  explanation: "each scope of a gate has one waiver",
  repair: "make one of them, with the day on which it ends",
  *check({ review }) {
    yield* repeated(
      review.waivers.map(({ gate, scope }, index) => ({
        path: ["review", "waivers", index, "scope"],
        name: `${gate} ${scope}`,
      })),
      "waiver",
    );
  },
};
