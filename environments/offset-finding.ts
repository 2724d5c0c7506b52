import type { Path } from "./path";

/** A problem in a text, at an offset: it becomes a violation with file, line and column. */
export interface OffsetFinding {
  /** Offset in the text, in UTF-16 code units. */
  readonly offset: number;
  /** Path of the value. */
  readonly path: Path;
  /** Id of the broken rule. */
  readonly rule: string;
  /** What is wrong, in one line. */
  readonly message: string;
  /** The value received, shortened. @default - none */
  readonly value?: string;
  /** What is allowed. */
  readonly allowed: string;
  /** How to repair it. */
  readonly repair: string;
}
