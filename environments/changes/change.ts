import type { Selector } from "../rules/helpers/select";

/** A row of the table in environments/README.md: something that changes in a city's file, and what the next deployment does. */
export interface Change {
  /** What changes, as the table says it, in Markdown. */
  readonly what: string;
  /**
   * The keys that it is about, and with them all below that have no row of their own; the compiler refuses an impossible one.
   * None for what several keys do together, such as a gateway's rules.
   */
  readonly keys: readonly Selector[];
  /** What the deployment does: in place, replaced, in two deployments, or nothing; in Markdown. */
  readonly effect: string;
}
