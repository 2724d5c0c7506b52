import { z } from "zod";

const RANGE = "two seat numbers with a hyphen, such as 40-60";

/** Seat numbers of a pool, from the first to the last. Example: `40-60`. */
export const seatRangeSchema = z
  .string()
  .regex(/^[1-9]\d{0,3}-[1-9]\d{0,3}$/, RANGE)
  .describe(RANGE);

/** Seat numbers of a pool: single ones from 1 to 9999, and ranges. Example: `[17, 40-60]`. */
export const seatNumbersSchema = z.array(z.union([z.int().min(1).max(9999), seatRangeSchema]));

/** @see seatNumbersSchema */
export type SeatNumbers = z.output<typeof seatNumbersSchema>;

/** Seat numbers from the first to the last; empty where they are reversed. */
export interface SeatRange {
  readonly first: number;
  readonly last: number;
}

/**
 * An entry of seat numbers as a range.
 * @example seatRange("40-60") // { first: 40, last: 60 }
 */
export function seatRange(entry: SeatNumbers[number]): SeatRange {
  const [first = 0, last = first] = String(entry).split("-").map(Number);
  return { first, last };
}

/** All numbers of all entries. */
export function listedNumbers(entries: SeatNumbers): Set<number> {
  const found = new Set<number>();
  let next = 1;
  for (const { first, last } of entries.map(seatRange).sort((a, b) => a.first - b.first)) {
    for (const number of numbersIn({ first: Math.max(first, next), last })) found.add(number);
    next = Math.max(next, last + 1);
  }
  return found;
}

/** The numbers of a range, ascending. */
export function numbersIn({ first, last }: SeatRange): number[] {
  const numbers: number[] = [];
  for (let number = first; number <= last; number += 1) numbers.push(number);
  return numbers;
}
