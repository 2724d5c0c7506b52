/**
 * A capability, as in OpenBao 2.6.1 (its documentation, "Policies", capabilities). `deny` overrides all others; `sudo`
 * grants nothing by itself, but some paths require it in addition.
 */
export type Capability = "create" | "read" | "update" | "patch" | "delete" | "list" | "scan" | "sudo" | "deny";

/**
 * A parameter's value in a rule. Text may begin or end in `*` for any text; `*` alone is that character. A number never
 * matches: OpenBao 2.6.1 compares it with a request's number, which is text there.
 */
export type ParameterValue = string | number | boolean;

/** Values by the parameter's name; the name `*` means any, an empty list any value. Names are case-insensitive. */
export type ParameterValues = Readonly<Record<string, readonly ParameterValue[]>>;

/** Path of a value in a city's file, such as `secrets`, `people`, `teams`, 0. */
export type FilePath = readonly (string | number)[];

/** A rule of a policy, for one path. */
export interface PolicyRule {
  /** Path of the API; a trailing `*` matches anything more, `+` matches one segment. */
  readonly path: string;
  /** Allowed capabilities; everything else is denied. */
  readonly capabilities: readonly Capability[];
  /** Why it is needed, one line. */
  readonly why: string;
  /**
   * Paths in the city's file that ask for it; the policy's text does not have them. @default - none: every such
   * identity has it
   */
  readonly asked?: readonly FilePath[] | undefined;
  /** The only parameters that reads and writes may send. @default - all */
  readonly allowedParameters?: ParameterValues | undefined;
  /** Parameters that reads and writes must not send; overrides the allowed ones. @default - none */
  readonly deniedParameters?: ParameterValues | undefined;
  /** Parameters that reads and writes must send. A request has to spell them in lower case. @default - none */
  readonly requiredParameters?: readonly string[] | undefined;
  /** Minimum lifetime of a wrapped answer, in seconds. @default 0 - wrapping is not required */
  readonly minWrappingSeconds?: number | undefined;
  /** Maximum lifetime of a wrapped answer, in seconds. @default 0 - wrapping is not required */
  readonly maxWrappingSeconds?: number | undefined;
}

/** A policy of a server. */
export interface Policy {
  /** Its name in the server, case-insensitive. */
  readonly name: string;
  /** Rules by path; two rules with the same path are merged. */
  readonly rules: readonly PolicyRule[];
}
