import { count, quoted, shortened } from "../display";
import type { OffsetFinding } from "../offset-finding";
import { ASSIGNMENT_COLUMNS, assignmentSchema } from "../model/assignment";
import type { AssignmentColumn } from "../model/assignment";
import { meantText } from "./meant-text";

/** The header: the first line that is not a comment. */
export const HEADER = ASSIGNMENT_COLUMNS.join(",");

/** A line of a CSV file that is neither blank nor a comment. */
export interface CsvLine {
  /** Its cells, at least one. */
  readonly cells: readonly string[];
  /** Its number in the file, from 1. */
  readonly line: number;
  /** Its offset in the text, in UTF-16 code units. */
  readonly start: number;
}

/**
 * Offset of a cell in its line, in UTF-16 code units.
 * @param cells at least the cells before it
 * @param index which cell, from 0
 */
export function cellOffset(cells: readonly string[], index: number): number {
  return cells.slice(0, index).reduce((sum, cell) => sum + cell.length + 1, 0);
}

/** A cell does not match its column's form. A staff cell is not shown: it may be a name. */
export function wrongForm({ cells, start }: CsvLine, column: AssignmentColumn): OffsetFinding {
  const index = ASSIGNMENT_COLUMNS.indexOf(column);
  const cell = cells[index] ?? "";
  const { description = "" } = assignmentSchema.shape[column];
  const offset = start + cellOffset(cells, index);
  const finding = { offset, path: [column], rule: "wrong-form", allowed: description, repair: "correct it" };
  if (cell === "") return { ...finding, message: "it is empty", repair: "fill it in" };
  if (column !== "staff") {
    return {
      ...finding,
      message: `${quoted(cell)} does not have the right form`,
      value: shortened(cell),
      repair: corrected(cell, column),
    };
  }
  const message = "it does not have the right form, and is not repeated here as it may be a name";
  return { ...finding, message, repair: "write the person's staff number" };
}

function corrected(cell: string, column: AssignmentColumn): string {
  if (cell.includes('"')) return "write it without quotes";
  const meant = meantText(cell, (text) => assignmentSchema.shape[column].safeParse(text).success);
  return meant === undefined ? "correct it" : `write ${shortened(meant)}`;
}

/** A line has too few cells, or too many: then the location is the first extra one. */
export function wrongCount({ cells, start }: CsvLine): OffsetFinding {
  const message = `the line has ${count(cells.length, "cell")}`;
  const offset = start + cellOffset(cells, ASSIGNMENT_COLUMNS.length);
  const finding = {
    path: [],
    rule: "csv-cells",
    message,
    allowed: `the ${String(ASSIGNMENT_COLUMNS.length)} cells ${HEADER}`,
  };
  return cells.length > ASSIGNMENT_COLUMNS.length
    ? { ...finding, offset, repair: "take out what is too much" }
    : { ...finding, offset: start, repair: "write each cell, with a comma also before an empty last one" };
}

/** The first line that is not a comment is not the header, or does not exist. */
export function noHeader(first: CsvLine | undefined): OffsetFinding {
  const separated = first?.cells.join(",").replaceAll(/[;\t]/g, ",") === HEADER;
  const message = first === undefined ? "the file has no header" : "the first line is not the header";
  const repair = separated
    ? "separate the cells by commas, in every line: the spreadsheet's semicolons or tabs are those of its country"
    : "write the header in the first line that is no comment";
  return { offset: first?.start ?? 0, path: [], rule: "csv-header", message, allowed: HEADER, repair };
}

/** The header is repeated among the rows. */
export function headerAgain({ start }: CsvLine): OffsetFinding {
  const message = "the header is there already";
  return { offset: start, path: [], rule: "csv-header", message, allowed: "one header", repair: "take the line out" };
}

/** The file has too many lines and is not read. */
export function tooManyLines(start: number, most: number): OffsetFinding {
  const allowed = `at most ${count(most, "line")}`;
  const message = `it has more than ${count(most, "line")}`;
  return { offset: start, path: [], rule: "csv-lines", message, allowed, repair: "check that it is the right file" };
}
