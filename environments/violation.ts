import { escaped } from "./display";
import type { Path } from "./path";

/** A place in a city's file, or in the CSV file that it names. */
export interface SourceLocation {
  /** The file's path as it was given. */
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** Column in the line, from 1, in UTF-16 code units as editors count. */
  readonly column: number;
}

/** Gives the place of a value in a city's file, or in the CSV file that it names. */
export type PlaceOf = (path: Path) => SourceLocation;

/** One thing that is wrong with a city's file, and how to put it right. */
export interface Violation extends SourceLocation {
  /** Named path, such as `pools[name=anagrafe].seats`, or a CSV file's column; empty for the file or the line as a whole. */
  readonly path: string;
  /** Id of the broken rule, such as `unknown-key` or `subnet-overlap`. */
  readonly rule: string;
  /** What is wrong, with the value received, in one line. */
  readonly message: string;
  /** The value received, as written, at most 60 characters. @default - none where a key is missing or unknown */
  readonly value?: string;
  /** What is allowed there. */
  readonly allowed: string;
  /** What to do. */
  readonly repair: string;
}

/** A violation in one line: `file:line:column: path: message; allowed: ...; repair: ...`. */
export function formatViolation(violation: Violation): string {
  const { file, line, column, path, message, allowed, repair } = violation;
  const place = `${escaped(file)}:${String(line)}:${String(column)}`;
  const text = `${message}; allowed: ${allowed}; repair: ${repair}`;
  return path === "" ? `${place}: ${text}` : `${place}: ${path}: ${text}`;
}

/** Everything that is wrong with the files of one load; its message has one line a violation. */
export class EnvironmentError extends Error {
  /** At least one; sorted by the order of the files, then by line and column. */
  public readonly violations: readonly Violation[];

  public constructor(violations: readonly Violation[]) {
    super(violations.map(formatViolation).join("\n"));
    this.name = "EnvironmentError";
    this.violations = violations;
  }
}
