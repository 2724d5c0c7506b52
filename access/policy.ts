/** What a policy allows to do with a path (Vault documentation, "Policies", capabilities). */
export type Capability = "create" | "read" | "update" | "delete" | "list" | "sudo";

/** One path of a policy. */
export interface PolicyRule {
  /** Path of the API, which may end in `*` and may have `+` for one segment. */
  readonly path: string;
  /** What is allowed there; everything else is denied. */
  readonly capabilities: readonly Capability[];
  /** Why it is needed, one line. */
  readonly why: string;
}
