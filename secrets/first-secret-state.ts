import type { Guestinfo } from "./guestinfo";

/**
 * State of a machine's first secret:
 * - `none`: the machine has no usable one, so it gets one;
 * - `waiting`: it has one that nobody has opened;
 * - `opened`: the machine opened it and is joining the domain;
 * - `joined`: the machine has joined;
 * - `alert`: somebody else opened it, or the machine did not report that it did;
 * - `forgotten`: it can no longer be used, and is so old that Vault does not know whether it was opened: the machine
 *   gets another.
 */
export type FirstSecretState = "none" | "waiting" | "opened" | "joined" | "alert" | "forgotten";

/** Whether the state depends on whether Vault still has the wrapping token. */
export function asksVault({ wrapped, state }: Guestinfo): boolean {
  return wrapped !== "" && state !== "joined" && state !== "alert";
}

/**
 * The state of a machine's first secret. What a machine reports is trusted: only its administrator or vCenter's can
 * write its guestinfo, and either has the secret anyway. That holds only where the template restricts guestinfo to
 * administrators (`guest_rpc.rpci.auth.cmd.info-set`, boot/README.md): otherwise any user of the machine could cause a
 * new first secret.
 * @param now seconds since 1970
 * @param unopened whether Vault still has its wrapping token
 */
export function standingOf(info: Guestinfo, now: number, unopened: boolean): FirstSecretState {
  const { wrapped, loginBy, expires, state } = info;
  if (state === "joined" || state === "alert") return state;
  const late = now >= Number(loginBy);
  if (wrapped !== "" && unopened) return late ? "none" : "waiting";
  if (state === "opened") return late ? "none" : "opened";
  // A machine that failed after it opened its secret has cleared it.
  if (wrapped === "") return "none";
  return now >= Number(expires) ? "forgotten" : "alert";
}
