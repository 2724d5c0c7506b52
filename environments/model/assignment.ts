import { z } from "zod";
import { isoDate, slug } from "./primitives";

/**
 * A row of a city's CSV file of assignments: its columns, in order. A description is also what a violation shows as
 * allowed. It contains only a pseudonym of a person; its form matches neither a name nor a tax code (16 characters) nor
 * the number of an identity card or a passport (two letters and seven characters).
 */
export const assignmentSchema = z.strictObject({
  seat: z
    .string()
    .regex(/^[a-z]{2}-[a-z][a-z0-9]{1,11}-\d{4}$/)
    .describe("a seat's full name such as mi-ana-0017"),
  staff: z
    .string()
    .regex(/^[A-Z]{2}\d{6}$/)
    .describe("a staff number of two capitals and six digits such as MI900417, never a person's name"),
  directorate: slug.describe("the id of a directorate such as servizi-civici"),
  from: isoDate.describe("its first day such as 2026-11-24"),
  to: isoDate.optional().describe("its last day such as 2027-12-31, or nothing where it has no end"),
});

/** Names of the columns, in order. */
export const ASSIGNMENT_COLUMNS = assignmentSchema.keyof().options;

/** Name of a column. */
export type AssignmentColumn = (typeof ASSIGNMENT_COLUMNS)[number];

/** A person's dedicated seat from one day to another, both included. */
export type Assignment = Readonly<z.output<typeof assignmentSchema>> & {
  /** Line in the CSV file, from 1. */
  readonly line: number;
};
