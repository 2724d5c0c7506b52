import type { Path } from "../../environments/path";

/** Something that must be there before the first deployment. */
export interface Prerequisite {
  /** What it is, such as `datastore`. */
  readonly kind: string;
  /** Its name, as the file has it or as it follows from it. */
  readonly name: string;
  /** What it has to be or have, in one line. */
  readonly must: string;
  /** What of the city's file asks for it. */
  readonly path: Path;
}

/** A prerequisite. */
export function needed(kind: string, name: string, must: string, ...path: Path): Prerequisite {
  return { kind, name, must, path };
}
