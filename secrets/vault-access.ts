import { messageOf } from "../runtime/errors";

/** What is asked of Vault about values and accounts. */
export interface VaultAccess {
  /** @returns undefined where there is nothing */
  get(path: string): Promise<unknown>;
  /** The names below a path, sorted; none where there is nothing. */
  list(path: string): Promise<string[]>;
  post(path: string, body?: unknown): Promise<unknown>;
}

/** What became of something that was to be put in place. */
export interface Outcome {
  /** What it is, such as `account join-anagrafe`. */
  readonly what: string;
  readonly result: "made" | "changed" | "there" | "failed";
  /** What went wrong; empty where nothing did. */
  readonly reason: string;
}

/** How something stands that should be in place. */
export interface Status {
  /** What it is, such as `account join-anagrafe`. */
  readonly what: string;
  /**
   * `deleted`: a value whose last version was taken out: its owner brings it back or puts another one in; `old`: a value that should have been renewed; `unrotated`: a password that should have been changed; `surplus`: there and
   * not in the file; `different`: there, and not as the file has it.
   */
  readonly state: "right" | "missing" | "deleted" | "old" | "unrotated" | "different" | "surplus";
  /** When it was made or changed last, or begins, ISO 8601; empty where it is missing. */
  readonly since: string;
  /** When it ends, ISO 8601. @default - it does not */
  readonly until?: string;
}

/** Does something and says what became of it: what fails stops nothing else. */
export async function outcomeOf(
  what: string,
  work: () => Promise<Exclude<Outcome["result"], "failed">>,
): Promise<Outcome> {
  try {
    return { what, result: await work(), reason: "" };
  } catch (error) {
    return { what, result: "failed", reason: messageOf(error) };
  }
}
