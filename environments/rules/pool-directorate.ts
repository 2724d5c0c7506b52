import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** The directorate tells who pays for and answers for a pool: it becomes its folder and its tag. */
export const poolDirectorate: CityRule = {
  id: "pool-directorate",
  explanation: "a pool's directorate is declared in directorates",
  repair: "correct the name or declare the directorate",
  *check({ pools, directorates }) {
    const known = directorates.map(({ id }) => id);
    for (const [index, { directorate }] of pools.entries()) {
      const path = ["pools", index, "directorate"];
      yield* dangling({ path, name: directorate, known, noun: "directorate", declared: "directorates" });
    }
  },
};
