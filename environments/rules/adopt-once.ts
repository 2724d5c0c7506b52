import { repeated } from "./repeated";
import type { CityRule } from "./rule";

/** vCenter knows a machine by its path; two seats would be given one disk. */
export const adoptOnce: CityRule = {
  id: "adopt-once",
  explanation: "a seat adopts one machine, and a machine is adopted by one seat of the city",
  repair: "correct the seat or the machine",
  *check({ pools }) {
    const adopted = pools.flatMap(({ adopt }, pool) =>
      adopt.map(({ machine }, index) => ({ path: ["pools", pool, "adopt", index, "machine"], name: machine })),
    );
    yield* repeated(adopted, "machine");
    for (const [pool, { adopt }] of pools.entries()) {
      const seats = adopt.map(({ seat }, index) => ({ path: ["pools", pool, "adopt", index, "seat"], name: seat }));
      yield* repeated(seats, "seat");
    }
  },
};
