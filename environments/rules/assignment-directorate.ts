import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/**
 * It is the person's directorate, whose quota the seat counts against. It need not be that of the seat's pool: directorates
 * lend each other seats, and a pool for all of them is in the file of the one that answers for it.
 */
export const assignmentDirectorate: CityRule = {
  id: "assignment-directorate",
  explanation: "an assignment's directorate is declared in directorates",
  repair: "correct the name or declare the directorate",
  *check({ assignments, directorates }) {
    const known = directorates.map(({ id }) => id);
    for (const [index, { directorate }] of assignments.entries()) {
      const path = ["assignments", index, "directorate"];
      yield* dangling({ path, name: directorate, known, noun: "directorate", declared: "directorates" });
    }
  },
};
