import type { Assignment } from "../model/assignment";
import type { City } from "../model/city";

/** Whether a seat may have a holder: the file names assignments, whoever they are of now, and has dedicated seats. */
export function hasHolders({ hasAssignments, pools }: Pick<City, "hasAssignments" | "pools">): boolean {
  return hasAssignments && pools.some(({ assignment }) => assignment === "dedicated");
}

/** Later than every date that the file can have. */
const NEVER = "9999-99-99";

/** An assignment's last day; without an end it is later than every date, so that dates compare as text. */
export function lastDay({ to }: Pick<Assignment, "to">): string {
  return to ?? NEVER;
}

/**
 * Who holds which seat on the city's day `asOf`.
 * @returns the assignment by the seat's name, without seats that nobody holds on that day
 */
export function currentAssignments(city: Pick<City, "asOf" | "assignments">): ReadonlyMap<string, Assignment> {
  const { asOf, assignments } = city;
  const current = assignments.filter((one) => one.from <= asOf && asOf <= lastDay(one));
  return new Map(current.map((one) => [one.seat, one]));
}
