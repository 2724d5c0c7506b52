import type { Pool } from "../../model/desktops";
import { listedNumbers } from "../../model/seat-numbers";
import type { SeatNumbers } from "../../model/seat-numbers";
import type { Path } from "../../path";
import { wrongSeats } from "../helpers/listed-seats";
import type { CityRule, Finding } from "../rule";

/** A volunteer who is left out finds that out only after everybody else has the image. */
export const rolloutRing: CityRule = {
  id: "rollout-ring",
  explanation:
    "a rollout's ring lists seats that were issued, each once; of a dedicated pool those that replace lists too",
  repair: "correct the number, take it out, or list the seat in replace too",
  *check({ pools }) {
    for (const [index, pool] of pools.entries()) {
      const { ring } = pool.rollout ?? {};
      if (ring === undefined) continue;
      const path = ["pools", index, "rollout", "ring"];
      yield* wrongSeats(pool, ring, path);
      yield* keptSeats(pool, ring, path);
    }
  },
};

function* keptSeats({ assignment, replace }: Pool, ring: SeatNumbers, path: Path): Iterable<Finding> {
  if (assignment === "floating") return;
  const replaced = listedNumbers(replace);
  for (const [index, entry] of ring.entries()) {
    const kept = [...listedNumbers([entry])].find((number) => !replaced.has(number));
    if (kept === undefined) continue;
    const message = `the seat ${String(kept)} keeps its image: it is a person's own, and replace does not list it`;
    yield { path: [...path, index], message };
  }
}
