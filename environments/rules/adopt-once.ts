import { quoted } from "../display";
import { repeated } from "./repeated";
import type { CityRule } from "./rule";

/** vCenter knows a machine by its path, whatever its case; two seats would be given one disk. */
export const adoptOnce: CityRule = {
  id: "adopt-once",
  explanation: "a seat adopts one machine, and a machine is adopted by one seat of the city",
  repair: "correct the seat or the machine",
  *check({ pools }) {
    const machines = new Set<string>();
    for (const [pool, { adopt }] of pools.entries()) {
      for (const [index, { machine }] of adopt.entries()) {
        const path = ["pools", pool, "adopt", index, "machine"];
        if (machines.has(machine.toLowerCase()))
          yield { path, message: `the machine ${quoted(machine)} is there already` };
        machines.add(machine.toLowerCase());
      }
      const seats = adopt.map(({ seat }, index) => ({ path: ["pools", pool, "adopt", index, "seat"], name: seat }));
      yield* repeated(seats, "seat");
    }
  },
};
