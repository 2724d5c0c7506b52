import type { City } from "../../model/city";
import { seatNumbers } from "../../seats/seats";
import type { CityRule } from "../rule";

/** A dedicated seat has one holder: more seats than people in the target mean that one number is wrong. */
export const dedicatedSeatsStaff: CityRule = {
  id: "dedicated-seats-staff",
  explanation: "a directorate has no more dedicated seats than staff",
  repair: "correct staff, or retire seats of the directorate's dedicated pools",
  *check(city) {
    for (const [index, { id, staff }] of city.directorates.entries()) {
      const seats = dedicatedSeats(city, id);
      const message = `${String(staff)} people have ${String(seats)} dedicated seats`;
      if (seats > staff) yield { path: ["directorates", index, "staff"], message };
    }
  },
};

function dedicatedSeats({ pools }: City, directorate: string): number {
  const dedicated = pools.filter((pool) => pool.directorate === directorate && pool.assignment === "dedicated");
  return dedicated.reduce((sum, pool) => sum + seatNumbers(pool).length, 0);
}
