import { repeated } from "../helpers/repeated";
import type { CityRule } from "../rule";

/** A number that was never used cannot be retired: probably `seats` or the number is mistyped. */
export const retiredSeats: CityRule = {
  id: "retired-seats",
  explanation: "a retired seat's number was issued, and is listed once",
  repair: "take the number out or correct it",
  *check({ pools }) {
    for (const [pool, { retired, seats }] of pools.entries()) {
      const numbers = retired.map((name, index) => ({ path: ["pools", pool, "retired", index], name }));
      yield* repeated(numbers, "number");
      for (const { path, name } of numbers) {
        if (name > seats)
          yield { path, message: `the number ${String(name)} is more than the pool's ${String(seats)} seats` };
      }
    }
  },
};
