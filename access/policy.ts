/** What a policy allows to do with a path (Vault documentation, "Policies", capabilities). */
export type Capability = "create" | "read" | "update" | "delete" | "list" | "sudo";

/** One path of a policy. */
export interface PolicyRule {
  /** Path of the API, which may end in `*` and may have `+` for one segment. */
  readonly path: string;
  /** What is allowed there; everything else is denied. */
  readonly capabilities: readonly Capability[];
  /** Shortest life of the wrapping token that the answer comes in; from 1 on it comes in no other way. @default - as is asked */
  readonly minWrappingSeconds?: number;
  /** Longest life of the wrapping token. @default - as is asked */
  readonly maxWrappingSeconds?: number;
  /** Why it is needed, one line. */
  readonly why: string;
}

/** What an identity may do. */
export interface Policy {
  /** Its name, unique in the server. */
  readonly name: string;
  /** What it allows; everything else is denied. */
  readonly rules: readonly PolicyRule[];
}
