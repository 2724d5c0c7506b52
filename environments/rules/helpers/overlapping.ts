import { lastDay } from "../../seats/assignments";
import type { Assignment } from "../../model/assignment";

/** An assignment and its index in the city's list. */
export interface Entry {
  /** Index in the city's `assignments`. */
  readonly index: number;
  /** The assignment. */
  readonly assignment: Assignment;
}

/** Two assignments with the same seat or staff number that share a day. */
export interface Overlap extends Entry {
  /** The one that began earlier, or on the same day and further up in the file. */
  readonly earlier: Assignment;
}

/** Every assignment that begins before an earlier one with the same seat or staff number has ended. */
export function* overlapping(assignments: readonly Assignment[], column: "seat" | "staff"): Iterable<Overlap> {
  for (const entries of groups(assignments, column)) {
    let earlier: Assignment | undefined;
    for (const { index, assignment } of inTime(entries)) {
      if (earlier !== undefined && assignment.from <= lastDay(earlier)) yield { index, assignment, earlier };
      if (earlier === undefined || lastDay(assignment) > lastDay(earlier)) earlier = assignment;
    }
  }
}

/** The assignments by value; one that ends before it begins, which another rule reports, is left out. */
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

/** The entries by first day; those of one day in the order of the file. */
export function inTime(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => compare(one.assignment.from, other.assignment.from));
}

/** An assignment's period and line, for a message: `from 2026-01-12 to 2026-12-31 (line 5)`. */
export function period({ from, to, line }: Assignment): string {
  return `from ${from} ${to === undefined ? "without end" : `to ${to}`} (line ${String(line)})`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
