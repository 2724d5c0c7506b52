import type { Path } from "./path";

/** What reading found wrong in a text: it becomes a violation with the file's name, line and column. */
export interface OffsetFinding {
  /** Where it is in the text, in UTF-16 code units from the beginning. */
  readonly offset: number;
  /** The way to the value. */
  readonly path: Path;
  /** Id of the broken rule. */
  readonly rule: string;
  /** What is wrong, in one line. */
  readonly message: string;
  /** The value received, shortened. @default - none */
  readonly value?: string;
  /** What is allowed. */
  readonly allowed: string;
  /** What to do. */
  readonly repair: string;
}
