import type { Gate } from "../environments/model/gates";
import type { Path } from "../environments/path";

/** Something that a gate stops. */
export interface GateFinding {
  readonly gate: Gate;
  /** What it is about, as a waiver names it: a pool, a stack, `from -> to`, an identity, or a resource. */
  readonly scope: string;
  /** What there is of it, and what is allowed. */
  readonly text: string;
  /** The way to what of the city's file it is about, or near it. */
  readonly path: Path;
}
