import type { Gate } from "../environments/model/gates";
import type { Path } from "../environments/path";

/** Something that a gate stops. */
export interface GateFinding {
  readonly gate: Gate;
  /** What it concerns, as a waiver names it: a pool, a stack, `from -> to`, an identity, or a resource. */
  readonly scope: string;
  /** What was found, and what is allowed. */
  readonly text: string;
  /** Path in the city's file of what it concerns, or of something near. */
  readonly path: Path;
}
