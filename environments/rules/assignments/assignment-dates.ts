import type { CityRule } from "../rule";

/** A row that is past is taken out, not left behind: a file of who had which seat years ago is kept by nobody's need. */
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
