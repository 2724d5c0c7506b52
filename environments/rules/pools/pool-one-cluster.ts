import { count } from "../../display";
import { clustersOf } from "../../seats/places";
import type { CityRule } from "../rule";

/** DRS rules and host groups belong to one cluster: they have no effect across two. */
export const poolOneCluster: CityRule = {
  id: "pool-one-cluster",
  explanation:
    "a pool with hostGroup or antiAffinity runs in one cluster; its spread may name several datastores of it",
  repair: "take hostGroup or antiAffinity out, or name one cluster",
  *check({ pools }) {
    for (const [index, pool] of pools.entries()) {
      const clusters = clustersOf(pool);
      if (clusters.length < 2) continue;
      const message = `the spread names ${count(clusters.length, "cluster")}`;
      if (pool.hostGroup !== undefined) yield { path: ["pools", index, "hostGroup"], message };
      if (pool.antiAffinity) yield { path: ["pools", index, "antiAffinity"], message };
    }
  },
};
