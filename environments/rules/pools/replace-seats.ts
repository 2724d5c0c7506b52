import type { Pool } from "../../model/desktops";
import type { Path } from "../../path";
import { wrongSeats } from "../helpers/listed-seats";
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
  yield* wrongSeats(pool, pool.replace, path);
}
