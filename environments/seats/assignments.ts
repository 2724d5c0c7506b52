import type { Assignment } from "../model/assignment";
import type { City } from "../model/city";

/** Later than every day that can be written. */
const NEVER = "9999-99-99";

/** An assignment's last day; one without an end has a day that is later than every other, so that days compare as text. */
export function lastDay({ to }: Pick<Assignment, "to">): string {
  return to ?? NEVER;
}

/**
 * Who holds which seat on the day that the city's file is right on.
 * @returns the assignment by the seat's name; a seat that nobody holds on that day is not there
 */
export function currentAssignments(city: Pick<City, "asOf" | "assignments">): ReadonlyMap<string, Assignment> {
  const { asOf, assignments } = city;
  const current = assignments.filter((one) => one.from <= asOf && asOf <= lastDay(one));
  return new Map(current.map((one) => [one.seat, one]));
}
