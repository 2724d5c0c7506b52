/**
 * Whether a part is at least a percentage of a whole. It multiplies before it divides: IEEE 754 rounds a quotient
 * correctly, so 7 of 100 are 7 percent, while 0.07 times 100 is more than 7. For a whole of 0 any part is.
 */
export function isAtLeastPercent(part: number, whole: number, percent: number): boolean {
  return whole === 0 ? part >= 0 : (100 * part) / whole >= percent;
}

/** A percentage above a limit, rounded up to two decimals, so that it is never shown as the limit itself. */
export function percentAbove(share: number): string {
  return String(Math.ceil(share * 100) / 100);
}
