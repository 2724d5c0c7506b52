import { namedOn } from "../../support/support-scope";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** A permission on a folder that nobody makes would fail the deployment. */
export const supportOn: CityRule = {
  id: "support-on",
  explanation: "the pools and directorates of a support role are declared",
  repair: "correct the name or declare it",
  *check({ support, pools, directorates }) {
    const known = { pool: pools.map(({ name }) => name), directorate: directorates.map(({ id }) => id) };
    for (const [index, { on = [] }] of support.roles.entries()) {
      for (const [number, item] of on.entries()) {
        const path = ["support", "roles", index, "on", number];
        for (const noun of ["pool", "directorate"] as const) {
          for (const name of namedOn([item], noun))
            yield* dangling({ path, name, known: known[noun], noun, declared: `${noun}s` });
        }
      }
    }
  },
};
