/** An IPv4 address from a number: 2^24 · 10 + 258 gives 10.0.1.2. */
export function ipv4(number: number): string {
  return [24, 16, 8, 0].map((bits) => String((number >>> bits) & 255)).join(".");
}

/** 20.0.0.0 as a number, away from Catania's addresses. */
export const ELSEWHERE = 20 * 2 ** 24;

/** A permutation of the numbers below 2^16. */
export function scattered(index: number): number {
  return (index * 40_503) % 65_536;
}
