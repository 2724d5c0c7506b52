/**
 * What a policy says of a path, all that OpenBao 2.6.1 knows (its documentation, "Policies", capabilities). `deny` closes a
 * path whatever else is said of it; `sudo` opens nothing by itself, but some paths ask for it besides.
 */
export type Capability = "create" | "read" | "update" | "patch" | "delete" | "list" | "scan" | "sudo" | "deny";

/**
 * A value of a parameter in a rule. Text may begin or end in `*` for any text there; `*` alone is that character. A number
 * is never met: OpenBao 2.6.1 compares it by type with the text of a request's number.
 */
export type ParameterValue = string | number | boolean;

/** Values by the parameter's name, where `*` is any name, and no values are any value. Names know no case. */
export type ParameterValues = Readonly<Record<string, readonly ParameterValue[]>>;

/** The way to a value of a city's file, such as `secrets`, `people`, `teams`, 0. */
export type FilePath = readonly (string | number)[];

/** One path of a policy. */
export interface PolicyRule {
  /** Path of the API, which may end in `*` for anything more and may have `+` for one segment. */
  readonly path: string;
  /** What is allowed there; everything else is denied. */
  readonly capabilities: readonly Capability[];
  /** Why it is needed, one line. */
  readonly why: string;
  /** What of the city's file asks for it; it is in no policy's text. @default - the identity has it by being there */
  readonly asked?: readonly FilePath[] | undefined;
  /** The only parameters that may be sent, of reads and writes. @default - all */
  readonly allowedParameters?: ParameterValues | undefined;
  /** Parameters that may not be sent, of reads and writes; stronger than what is allowed. @default - none */
  readonly deniedParameters?: ParameterValues | undefined;
  /** Parameters that must be sent, of reads and writes. A request has to spell them in lower case. @default - none */
  readonly requiredParameters?: readonly string[] | undefined;
  /** The answer must be wrapped for at least so many seconds. @default 0 - need not */
  readonly minWrappingSeconds?: number | undefined;
  /** The answer must be wrapped, for at most so many seconds. @default 0 - need not */
  readonly maxWrappingSeconds?: number | undefined;
}

/** A policy of a server. */
export interface Policy {
  /** Its name in the server, which knows no case. */
  readonly name: string;
  /** What it says; of paths that it does not name it says nothing. Two rules may have one path: they are merged. */
  readonly rules: readonly PolicyRule[];
}
