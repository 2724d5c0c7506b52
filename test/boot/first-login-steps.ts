/** What Vault is asked in a first login, in turn. */
export type Step = "lookup" | "unwrap" | "login" | "account" | "revoke";

/** Every step of a first login that succeeds. */
export const ALL: readonly Step[] = ["lookup", "unwrap", "login", "account", "revoke"];

/** What a machine writes of its guestinfo once it opened its first secret. */
export const OPENED = ["state opened", "wrapped"];
/** What it writes until it joined. */
export const JOINED = [...OPENED, "state joined"];
