import type { CityRule } from "../rule";

/** An expired row must be removed: nobody needs a file of former holders. */
export const assignmentDates: CityRule = {
  id: "assignment-dates",
  explanation: "an assignment does not end before it begins, nor before asOf",
  repair: "correct the dates",
  *check({ asOf, assignments }) {
    for (const [index, { from, to }] of assignments.entries()) {
      if (to === undefined) continue;
      const path = ["assignments", index, "to"];
      if (to < from) yield { path, message: `its last day ${to} is before its first, ${from}` };
      else if (to < asOf)
        yield { path, message: `it ended on ${to}, before asOf ${asOf}`, repair: "take the line out" };
    }
  },
};
