import { assignmentDates } from "./assignment-dates";
import { assignmentOnce } from "./assignment-once";
import { assignmentQuota } from "./assignment-quota";
import { assignmentSeat } from "./assignment-seat";
import { assignmentStaffOnce } from "./assignment-staff-once";
import { dedicatedSeatsStaff } from "./dedicated-seats-staff";
import type { RuleTopic } from "../rule";

/** Holders of seats. */
export const assignments: RuleTopic = {
  title: "Who holds which seat",
  city: [assignmentDates, assignmentOnce, assignmentQuota, assignmentSeat, assignmentStaffOnce, dedicatedSeatsStaff],
  crossCity: [],
};
