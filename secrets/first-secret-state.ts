import type { Guestinfo } from "./guestinfo";

/**
 * How it stands with a machine's first secret:
 * - `none`: it has none that could still be used, so it gets one;
 * - `waiting`: it has one that nobody has opened;
 * - `opened`: it opened it and is on its way into the domain;
 * - `joined`: it has joined;
 * - `alert`: somebody else opened it, or the machine has not said that it did;
 * - `forgotten`: it is as worthless, and so old that Vault does not know any more whether somebody opened it: it gets another.
 */
export type FirstSecretState = "none" | "waiting" | "opened" | "joined" | "alert" | "forgotten";

/** Whether the standing depends on what Vault says of the wrapping token. */
export function asksVault({ wrapped, state }: Guestinfo): boolean {
  return wrapped !== "" && state !== "joined" && state !== "alert";
}

/**
 * How it stands with a machine's first secret. What a machine says of itself is believed: whoever can write its guestinfo is
 * its administrator, or vCenter's, and has what it has. That is so only where the template holds guestinfo to administrators
 * (`guest_rpc.rpci.auth.cmd.info-set`, boot/README.md): without it any user of the machine can have a new first secret issued.
 * @param now seconds since 1970
 * @param unopened whether Vault still knows its wrapping token
 */
export function standingOf(info: Guestinfo, now: number, unopened: boolean): FirstSecretState {
  const { wrapped, loginBy, expires, state } = info;
  if (state === "joined" || state === "alert") return state;
  const late = now >= Number(loginBy);
  if (wrapped !== "" && unopened) return late ? "none" : "waiting";
  if (state === "opened") return late ? "none" : "opened";
  // A machine that failed once it had opened it has cleared it.
  if (wrapped === "") return "none";
  return now >= Number(expires) ? "forgotten" : "alert";
}
