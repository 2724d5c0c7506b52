import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** Only the clusters of the file have hosts on the city's switch; machines of another one would have no network. */
export const poolCluster: CityRule = {
  id: "pool-cluster",
  explanation: "a pool's cluster is declared in platform.clusters",
  repair: "correct the name or declare the cluster",
  *check({ pools, platform }) {
    const known = platform.clusters.map(({ name }) => name);
    for (const [index, { cluster }] of pools.entries()) {
      const path = ["pools", index, "cluster"];
      yield* dangling({ path, name: cluster, known, noun: "cluster", declared: "platform.clusters" });
    }
  },
};
