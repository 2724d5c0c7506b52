import { parseAssignments } from "./assignment-rows";
import type { AssignmentRows } from "./assignment-rows";
import { ASSIGNMENTS_FILE, readText } from "./text";

/** A city's CSV file of assignments, as far as it could be read. */
export interface AssignmentFile extends AssignmentRows {
  /** The file's path. */
  readonly file: string;
  /** Its text; empty where it could not be read. */
  readonly text: string;
}

/** Reads a CSV file of assignments, of at most 16 MiB. Never throws: problems are in the findings. */
export function readAssignments(file: string): AssignmentFile {
  const { text, usable, findings } = readText(file, ASSIGNMENTS_FILE);
  if (!usable) return { ...unreadAssignments(file), text, findings };
  const parsed = parseAssignments(text);
  return { file, text, ...parsed, findings: [...findings, ...parsed.findings] };
}

/** A CSV file of assignments of which nothing is read. */
export function unreadAssignments(file: string): AssignmentFile {
  return { file, text: "", rows: [], findings: [], lineStarts: [] };
}
