import type { Pool } from "../../model/desktops";
import { seatRange } from "../../model/seat-numbers";
import type { Path } from "../../path";
import type { CityRule, Finding } from "../rule";

/** A seat in no wave would never be created, and one in two would be released twice; a wave keeps its seats. */
export const waveSeats: CityRule = {
  id: "wave-seats",
  explanation: "the waves of a pool have all its seats, each in one wave, from the first to the last",
  repair: "correct the seats of the waves, or the pool's seats",
  *check({ pools }) {
    for (const [index, pool] of pools.entries()) yield* wrongWaves(pool, ["pools", index]);
  },
};

function* wrongWaves({ waves, seats }: Pool, path: Path): Iterable<Finding> {
  const ranges = waves.map((wave, index) => ({ index, text: wave.seats, ...seatRange(wave.seats) }));
  let next = 1;
  for (const { index, text, first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const at = [...path, "waves", index, "seats"];
    if (first > last) yield { path: at, message: `${String(first)} is more than ${String(last)}` };
    else if (first < next) yield { path: at, message: `${text} has ${String(first)}, which another wave has` };
    else if (first > next) yield { path: at, message: `the number ${String(next)} before ${text} is in no wave` };
    if (last > seats) yield { path: at, message: `${text} is more than the pool's ${String(seats)} seats` };
    next = Math.max(next, last + 1);
  }
  if (ranges.length > 0 && next <= seats) {
    const message = `the number ${String(next)} is in no wave`;
    yield { path: [...path, "waves"], message };
  }
}
