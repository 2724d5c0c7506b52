/**
 * The advanced settings by which a command says until when it works at a seat's machine, in seconds since 1970. Each writes its own and
 * then looks for the other's, so at least one of two that come together sees the other, and leaves the seat to it. One that died claims
 * nothing for ever.
 */
export const CLAIM_KEYS = {
  deployment: "guestinfo.postazioni.deployment",
  refresh: "guestinfo.postazioni.refreshing",
} as const;

/** A command that works at seats' machines. */
export type Claimant = keyof typeof CLAIM_KEYS;

/** The setting that claims a machine. @param until in seconds since 1970; undefined gives it back */
export function claim(by: Claimant, until: number | undefined): Record<string, string> {
  return { [CLAIM_KEYS[by]]: until === undefined ? "" : String(Math.ceil(until)) };
}

/** Whether a command works at a machine. @param now seconds since 1970 */
export function isClaimed(extraConfig: Readonly<Record<string, string>>, by: Claimant, now: number): boolean {
  return now < Number(extraConfig[CLAIM_KEYS[by]] ?? "");
}
