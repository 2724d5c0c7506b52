import { quoted } from "../../display";
import { overlapping, period } from "../helpers/overlapping";
import type { CityRule } from "../rule";

/**
 * A person with two dedicated seats takes one from somebody else; after a change of seats the new one begins a day
 * later.
 */
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
