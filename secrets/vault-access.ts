import { messageOf } from "../runtime/errors";

/** Vault's API for values and accounts. */
export interface VaultAccess {
  /** @returns undefined where nothing is there */
  get(path: string): Promise<unknown>;
  /** The keys below a path, sorted; empty where there are none. */
  list(path: string): Promise<string[]>;
  post(path: string, body?: unknown): Promise<unknown>;
}

/** Result of creating something in Vault. */
export interface Outcome {
  /** Its kind and name, such as `account join-anagrafe`. */
  readonly what: string;
  readonly result: "made" | "changed" | "there" | "failed";
  /** Why it failed; otherwise empty. */
  readonly reason: string;
}

/** State of something that the file declares. */
export interface Status {
  /** Its kind and name, such as `account join-anagrafe`. */
  readonly what: string;
  /**
   * `deleted`: the last version of a value was deleted: its owner restores it or writes another one; `old`: a value
   * that should have been renewed; `unrotated`: a password that should have been rotated; `surplus`: there but not
   * declared; `different`: there, but not as declared.
   */
  readonly state: "right" | "missing" | "deleted" | "old" | "unrotated" | "different" | "surplus";
  /** When it was created, last changed, or becomes valid, ISO 8601; empty where it is missing. */
  readonly since: string;
  /** When it expires, ISO 8601. @default - never */
  readonly until?: string;
}

/** Runs work and returns its result; an error becomes a result too, so that the rest goes on. */
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
