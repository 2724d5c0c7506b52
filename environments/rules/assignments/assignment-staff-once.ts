import { quoted } from "../../display";
import { overlapping, period } from "../helpers/overlapping";
import type { CityRule } from "../rule";

/** Who has two dedicated seats keeps one from somebody else; whoever changes seats has the new one from the day after. */
export const assignmentStaffOnce: CityRule = {
  id: "assignment-staff-once",
  explanation: "a staff number holds one seat at a time",
  repair: "take one of the two lines out, or end the first before the second begins",
  *check({ assignments }) {
    for (const { index, assignment, earlier } of overlapping(assignments, "staff")) {
      const message = `${quoted(assignment.staff)} holds ${earlier.seat} ${period(earlier)}`;
      yield { path: ["assignments", index, "staff"], message };
    }
  },
};
