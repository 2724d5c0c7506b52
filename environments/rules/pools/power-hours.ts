import type { CityRule } from "../rule";

/** Hours without length would shut a pool down for good; those across midnight are not what a day of work is. */
export const powerHours: CityRule = {
  id: "power-hours",
  explanation: "a pool's power stops later than it starts, on the same day",
  repair: "correct start or stop, or leave power out: seats without it are always on",
  *check({ pools }) {
    for (const [index, { power }] of pools.entries()) {
      if (power === undefined || power.start < power.stop) continue;
      const message = `the seats stop at ${power.stop}, and start at ${power.start}`;
      yield { path: ["pools", index, "power", "stop"], message, allowed: `later than ${power.start}, up to 23:59` };
    }
  },
};
