import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Surge } from "../../model/surge";
import type { Path } from "../../path";
import { surgeName } from "../../seats/surge";
import { dangling } from "../helpers/dangling";
import type { CityRule, Finding } from "../rule";

/** What is prepared for an emergency must be deployable. */
export const surgePool: CityRule = {
  id: "surge-pool",
  explanation:
    "a surge is of a pool that is declared, not decommissioned and named once for each city that hosts it, and no pool " +
    "has the name of a surge that the city hosts itself",
  repair: "correct the pool's name, or take the surge out",
  *check(city) {
    for (const [index, surge] of city.emergency.surge.entries()) {
      yield* wrongPool(city, surge, ["emergency", "surge", index, "pool"]);
    }
  },
};

function* wrongPool({ pools, emergency }: DeclaredCity, surge: Surge, path: Path): Iterable<Finding> {
  const known = pools.map(({ name }) => name);
  yield* dangling({ path, name: surge.pool, known, noun: "pool", declared: "pools" });
  const pool = pools.find(({ name }) => name === surge.pool);
  if (pool?.decommissioned === true) yield { path, message: `${quoted(surge.pool)} is decommissioned` };
  if (surge.hostedBy === undefined && known.includes(surgeName(surge)))
    yield { path, message: `${quoted(surgeName(surge))} is a pool's name` };
  const first = emergency.surge.find((other) => other.pool === surge.pool && other.hostedBy === surge.hostedBy);
  if (first === surge) return;
  yield { path, message: `${quoted(surge.pool)} has a surge already` };
}
