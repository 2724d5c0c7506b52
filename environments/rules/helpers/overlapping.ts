import { lastDay } from "../../seats/assignments";
import type { Assignment } from "../../model/assignment";

/** An assignment and its index in the city's list. */
export interface Entry {
  /** Index in the city's `assignments`. */
  readonly index: number;
  /** The assignment. */
  readonly assignment: Assignment;
}

/** Two assignments with the same seat or staff number that have a day in common. */
export interface Overlap extends Entry {
  /** The one that began before, or on the same day and further up in the file. */
  readonly earlier: Assignment;
}

/** Every assignment that begins before an earlier one of the same seat, or of the same staff number, has ended. */
export function* overlapping(assignments: readonly Assignment[], column: "seat" | "staff"): Iterable<Overlap> {
  for (const entries of groups(assignments, column)) {
    let earlier: Assignment | undefined;
    for (const { index, assignment } of inTime(entries)) {
      if (earlier !== undefined && assignment.from <= lastDay(earlier)) yield { index, assignment, earlier };
      if (earlier === undefined || lastDay(assignment) > lastDay(earlier)) earlier = assignment;
    }
  }
}

/** The assignments in groups of the same value; one that ends before it begins, which is another rule's, is in none. */
export function groups(assignments: readonly Assignment[], column: "seat" | "staff" | "directorate"): Entry[][] {
  const found = new Map<string, Entry[]>();
  for (const [index, assignment] of assignments.entries()) {
    if (lastDay(assignment) < assignment.from) continue;
    const group = found.get(assignment[column]);
    if (group === undefined) found.set(assignment[column], [{ index, assignment }]);
    else group.push({ index, assignment });
  }
  return [...found.values()];
}

/** The entries by their first days; those of one day as they stand in the file. */
export function inTime(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => compare(one.assignment.from, other.assignment.from));
}

/** An assignment's period and place, for a message: `from 2026-01-12 to 2026-12-31 (line 5)`. */
export function period({ from, to, line }: Assignment): string {
  return `from ${from} ${to === undefined ? "without end" : `to ${to}`} (line ${String(line)})`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
