import { WRAPPING_SECONDS } from "../access/secret-id";
import type { Guestinfo } from "./guestinfo";

/**
 * State of a machine's first secret:
 * - `none`: the machine has no usable one, so it gets one;
 * - `waiting`: it has one that nobody has opened;
 * - `opened`: the machine opened it and is joining the domain;
 * - `joined`: the machine has joined;
 * - `alert`: somebody else opened it, or the machine did not report that it did;
 * - `unsaid`: it was opened, and its machine was off since it was issued, so what the machine said of it may be gone: it is off, or has
 *   not had the time yet to say it again;
 * - `forgotten`: it can no longer be used, and is so old that Vault does not know whether it was opened: the machine
 *   gets another.
 */
export type FirstSecretState = "none" | "waiting" | "opened" | "joined" | "alert" | "unsaid" | "forgotten";

/** Longer than a machine takes to start and to say again what it said before (`boot/first-login.*`): assumed, not measured. */
const SAYING_SECONDS = 900;

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
 * @param started when the machine was started, in seconds since 1970; undefined where it is off
 */
export function standingOf(
  info: Guestinfo,
  now: number,
  unopened: boolean,
  started: number | undefined,
): FirstSecretState {
  const { wrapped, loginBy, expires, state } = info;
  if (state === "joined" || state === "alert") return state;
  const late = now >= Number(loginBy);
  if (wrapped !== "" && unopened) return late ? "none" : "waiting";
  if (state === "opened") return late ? "none" : "opened";
  // A machine that failed after it opened its secret has cleared it.
  if (wrapped === "") return "none";
  if (mayHaveSaid(info, now, started)) return "unsaid";
  return now >= Number(expires) ? "forgotten" : "alert";
}

/** Whether what a machine said may be gone, as guestinfo that a guest writes is once the machine was off, and is not said again yet. */
function mayHaveSaid({ expires }: Guestinfo, now: number, started: number | undefined): boolean {
  if (started === undefined) return true;
  const issued = Number(expires) - WRAPPING_SECONDS;
  return started > issued && now < started + SAYING_SECONDS;
}
