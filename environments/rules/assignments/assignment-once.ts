import { quoted } from "../../display";
import { overlapping, period } from "../helpers/overlapping";
import type { CityRule } from "../rule";

/** A dedicated seat has one holder: a second would find the first one's files. Both days of a period are included. */
export const assignmentOnce: CityRule = {
  id: "assignment-once",
  explanation: "a seat has one holder at a time, and the next one's first day is after the last day of the one before",
  repair: "take one of the two lines out, or end the first before the second begins",
  *check({ assignments }) {
    for (const { index, assignment, earlier } of overlapping(assignments, "seat")) {
      const message = `${quoted(assignment.seat)} is held by ${earlier.staff} ${period(earlier)}`;
      yield { path: ["assignments", index, "seat"], message };
    }
  },
};
