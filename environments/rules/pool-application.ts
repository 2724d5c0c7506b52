import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** An application that is declared nowhere would open nothing, and its users would find out first. */
export const poolApplication: CityRule = {
  id: "pool-application",
  explanation: "a pool's applications are declared in applications",
  repair: "correct the id or declare the application",
  *check({ pools, applications }) {
    const known = applications.map(({ id }) => id);
    for (const [pool, { applications: used }] of pools.entries()) {
      for (const [index, name] of used.entries()) {
        const path = ["pools", pool, "applications", index];
        yield* dangling({ path, name, known, noun: "application", declared: "applications" });
      }
    }
  },
};
