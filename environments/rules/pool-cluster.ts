import { placesOf } from "../seats/places";
import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** Only the clusters of the file have hosts on the city's switch; machines of another one would have no network. */
export const poolCluster: CityRule = {
  id: "pool-cluster",
  explanation: "a pool's clusters are declared in platform.clusters",
  repair: "correct the name or declare the cluster",
  *check(city) {
    const known = city.platform.clusters.map(({ name }) => name);
    for (const [index, pool] of city.pools.entries()) {
      for (const { cluster, path: at } of placesOf(city, pool)) {
        const path = ["pools", index, ...at, "cluster"];
        yield* dangling({ path, name: cluster, known, noun: "cluster", declared: "platform.clusters" });
      }
    }
  },
};
