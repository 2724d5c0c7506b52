import type { Pool } from "../../model/desktops";
import { seatRange } from "../../model/seat-numbers";
import type { SeatRange } from "../../model/seat-numbers";
import type { Path } from "../../path";
import type { CityRule, Finding } from "../rule";

/** A person's machine is taken away only for an exactly named seat: a typing error must not name another. */
export const replaceSeats: CityRule = {
  id: "replace-seats",
  explanation:
    "replace lists seats of a dedicated pool that were issued, each once; a range from its first to its last",
  repair: "correct the number, or take it out",
  *check({ pools }) {
    for (const [index, pool] of pools.entries()) yield* wrongEntries(pool, ["pools", index, "replace"]);
  },
};

function* wrongEntries(pool: Pool, path: Path): Iterable<Finding> {
  if (pool.replace.length > 0 && pool.assignment === "floating") {
    yield { path, message: "the pool is floating: its machines follow the image anyway" };
  }
  const ranges = pool.replace.map(seatRange);
  for (const [index, range] of ranges.entries()) {
    const message = wrong(pool, range, ranges, index);
    if (message !== undefined) yield { path: [...path, index], message };
  }
}

function wrong(
  { seats }: Pool,
  { first, last }: SeatRange,
  all: readonly SeatRange[],
  index: number,
): string | undefined {
  if (first > last) return `${String(first)} is more than ${String(last)}`;
  if (last > seats) return `the number ${String(last)} is more than the pool's ${String(seats)} seats`;
  const twice = all.find((other, at) => at < index && other.first <= last && first <= other.last);
  return twice && `the number ${String(Math.max(first, twice.first))} is there twice`;
}
