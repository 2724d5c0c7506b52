/** An IPv4 address of a number, such as 10.0.1.2 of 2^24 · 10 + 258. */
export function ipv4(number: number): string {
  return [24, 16, 8, 0].map((bits) => String((number >>> bits) & 255)).join(".");
}

/** Where 20.0.0.0 begins, away from the addresses that Catania has. */
export const ELSEWHERE = 20 * 2 ** 24;

/** A scattered order of the numbers below 2^16, each once. */
export function scattered(index: number): number {
  return (index * 40_503) % 65_536;
}
