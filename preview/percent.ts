/**
 * Whether a part is at least so many percent of a whole; of nothing, whether there is not less than nothing. It multiplies before it
 * divides: IEEE 754 rounds a quotient correctly, so 7 of 100 are 7 percent, where 0.07 times 100 is more than 7.
 */
export function isAtLeastPercent(part: number, whole: number, percent: number): boolean {
  return whole === 0 ? part >= 0 : (100 * part) / whole >= percent;
}

/** A share above a limit in percent as people read it: rounded up to two decimals, so that it is never shown as the limit itself. */
export function percentAbove(share: number): string {
  return String(Math.ceil(share * 100) / 100);
}
