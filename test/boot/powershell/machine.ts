/** Arguments of a command: those by position, and those by name in lower case. */
export interface Arguments {
  readonly positional: readonly unknown[];
  readonly named: ReadonlyMap<string, unknown>;
}

/** What a script finds on a machine. A command that gives nothing gives undefined. */
export interface Machine {
  readonly commands: Readonly<Record<string, (given: Arguments) => unknown>>;
  /** Members of types, as `Net.WebRequest::Create`. */
  readonly statics: Readonly<Record<string, unknown>>;
  /** A program: what it prints, and its exit code. */
  readonly program: (path: string, args: readonly string[]) => { readonly output: string; readonly code: number };
}
