import { parse } from "csv-parse/sync";
import type { Options } from "csv-parse/sync";
import { HEADER, headerAgain, noHeader, tooManyLines, wrongCount, wrongForm } from "./csv-line";
import type { CsvLine } from "./csv-line";
import type { OffsetFinding } from "../offset-finding";
import { lineCounter } from "./line-counter";
import { ASSIGNMENT_COLUMNS, assignmentSchema } from "../model/assignment";
import type { Assignment } from "../model/assignment";
import { MOST_VIOLATIONS } from "../most-violations";

/** More seats than any city has; it limits the cost of reading another kind of file. */
const MOST_LINES = 200_000;

/**
 * No cell needs quotes, so they are ordinary characters: a stray one affects one cell, not the rest of the file. Every
 * line is then one record, comments and blank lines included, and its index gives the line. The number of cells is
 * checked here, to report it with its location.
 */
const OPTIONS: Options = {
  quote: false,
  relax_column_count: true,
  record_delimiter: ["\r\n", "\n"],
};

/** The rows of a CSV file of assignments, and its problems. */
export interface AssignmentRows {
  /** The valid rows, in the order of the file. */
  readonly rows: readonly Assignment[];
  /** Every problem, up to one more than the reported maximum. */
  readonly findings: readonly OffsetFinding[];
  /** Offset of each line in the text, in UTF-16 code units. */
  readonly lineStarts: readonly number[];
}

/** Parses a CSV file of assignments: a header, then a row on each line; comments begin with `#`. Never throws. */
export function parseAssignments(text: string): AssignmentRows {
  const { lineStarts } = lineCounter(text);
  const excess = lineStarts[MOST_LINES];
  if (excess !== undefined) return { rows: [], findings: [tooManyLines(excess, MOST_LINES)], lineStarts };
  const [header, ...lines] = linesOf(text, lineStarts);
  if (header?.cells.join(",") !== HEADER) return { rows: [], findings: [noHeader(header)], lineStarts };
  const rows: Assignment[] = [];
  const findings: OffsetFinding[] = [];
  for (const line of lines) {
    const read = readLine(line);
    if (!Array.isArray(read)) rows.push(read);
    else findings.push(...read);
    if (findings.length > MOST_VIOLATIONS) break; // No more are told, and that there are more.
  }
  return { rows, findings, lineStarts };
}

/** The lines that are neither blank nor comments. */
function linesOf(text: string, lineStarts: readonly number[]): CsvLine[] {
  const lines = parse(text, OPTIONS).map((cells, index) => ({ cells, line: index + 1, start: lineStarts[index] ?? 0 }));
  return lines.filter(({ cells }) => !isComment(cells) && !isBlank(cells));
}

function isComment([first = ""]: readonly string[]): boolean {
  return first.startsWith("#");
}

function isBlank([first, ...others]: readonly string[]): boolean {
  return first === "" && others.length === 0;
}

function readLine(line: CsvLine): Assignment | OffsetFinding[] {
  const [seat, staff, directorate, from, to] = line.cells;
  if (line.cells.length !== ASSIGNMENT_COLUMNS.length) return [wrongCount(line)];
  if (line.cells.join(",") === HEADER) return [headerAgain(line)];
  const parsed = assignmentSchema.safeParse({ seat, staff, directorate, from, to: to === "" ? undefined : to });
  if (parsed.success) return { ...parsed.data, line: line.line };
  const wrong = new Set<unknown>(parsed.error.issues.map(({ path }) => path[0]));
  return ASSIGNMENT_COLUMNS.filter((column) => wrong.has(column)).map((column) => wrongForm(line, column));
}
