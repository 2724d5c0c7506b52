import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import type { Path } from "../../path";
import { placesOf } from "../../seats/places";
import type { CityRule, Finding } from "../rule";

/** A seat needs a place; of two equal places only the first would get seats. */
export const poolPlace: CityRule = {
  id: "pool-place",
  explanation:
    "a pool has a cluster, by default the city's only one, and maybe a datastore, or instead a spread over places, each of them once and one at least with " +
    "a weight",
  repair: "write cluster for one place, or spread for several",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      yield* clashingKeys(pool, ["pools", index]);
      yield* wrongSpread(city, pool, ["pools", index]);
    }
  },
};

function* clashingKeys({ cluster, datastore, spread }: Pool, path: Path): Iterable<Finding> {
  if (spread === undefined) {
    if (cluster === undefined)
      yield { path, message: "neither cluster nor spread is there, and the city has several clusters" };
    return;
  }
  for (const [key, value] of Object.entries({ cluster, datastore })) {
    const repair = `take ${key} out, or write cluster and datastore instead of spread`;
    if (value !== undefined) yield { path: [...path, key], message: `${key} is there beside spread`, repair };
  }
}

function* wrongSpread(city: City, pool: Pool, path: Path): Iterable<Finding> {
  if (pool.spread === undefined) return;
  const places = placesOf(city, pool);
  const seen = new Set<string>();
  for (const { name, cluster, datastore = "", path: at } of places) {
    const message = `the cluster ${quoted(cluster)} with the datastore ${quoted(datastore)} is there already`;
    if (seen.has(name)) yield { path: [...path, ...at], message, repair: "make one place of the two" };
    seen.add(name);
  }
  if (places.some(({ weight }) => weight > 0)) return;
  yield { path: [...path, "spread"], message: "no place has a weight", repair: "give one of them a weight above 0" };
}
