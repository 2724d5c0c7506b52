import type { Pool } from "../../model/desktops";
import { seatRange } from "../../model/seat-numbers";
import type { SeatNumbers, SeatRange } from "../../model/seat-numbers";
import type { Path } from "../../path";
import type { Finding } from "../rule";

/** Findings on seat numbers that were not issued, are there twice, or are a reversed range. @param path of the list */
export function* wrongSeats({ seats }: Pick<Pool, "seats">, numbers: SeatNumbers, path: Path): Iterable<Finding> {
  const ranges = numbers.map(seatRange);
  for (const [index, range] of ranges.entries()) {
    const message = wrong(seats, range, ranges.slice(0, index));
    if (message !== undefined) yield { path: [...path, index], message };
  }
}

function wrong(seats: number, { first, last }: SeatRange, before: readonly SeatRange[]): string | undefined {
  if (first > last) return `${String(first)} is more than ${String(last)}`;
  if (last > seats) return `the number ${String(last)} is more than the pool's ${String(seats)} seats`;
  const twice = before.find((other) => other.first <= last && first <= other.last);
  return twice && `the number ${String(Math.max(first, twice.first))} is there twice`;
}
