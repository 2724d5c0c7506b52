import { escaped } from "./display";
import type { Path } from "./path";

/** A location in a city's file or its CSV file. */
export interface SourceLocation {
  /** The file's path as given. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1, in UTF-16 code units as editors count. */
  readonly column: number;
}

/** Gives the location of a value in a city's file or its CSV file. */
export type PlaceOf = (path: Path) => SourceLocation;

/** A violation of a rule in a city's file, and its repair. */
export interface Violation extends SourceLocation {
  /** Named path, such as `pools[name=anagrafe].seats`, or a CSV file's column; empty for the whole file or line. */
  readonly path: string;
  /** Id of the broken rule, such as `unknown-key` or `subnet-overlap`. */
  readonly rule: string;
  /** What is wrong, with the value received, in one line. */
  readonly message: string;
  /** The value received, as written, at most 60 characters. @default - none where a key is missing or unknown */
  readonly value?: string;
  /** What is allowed there. */
  readonly allowed: string;
  /** How to repair it. */
  readonly repair: string;
}

/** A violation in one line: `file:line:column: path: message; allowed: ...; repair: ...`. */
export function formatViolation(violation: Violation): string {
  const { file, line, column, path, message, allowed, repair } = violation;
  const place = `${escaped(file)}:${String(line)}:${String(column)}`;
  const text = `${message}; allowed: ${allowed}; repair: ${repair}`;
  return path === "" ? `${place}: ${text}` : `${place}: ${path}: ${text}`;
}

/** All violations of one load; its message has a line for each. */
export class EnvironmentError extends Error {
  /** At least one; sorted by file, line and column. */
  public readonly violations: readonly Violation[];

  public constructor(violations: readonly Violation[]) {
    super(violations.map(formatViolation).join("\n"));
    this.name = "EnvironmentError";
    this.violations = violations;
  }
}
