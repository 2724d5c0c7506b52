import { quoted } from "../../display";
import { dangling } from "../helpers/dangling";
import { hostsCluster } from "../helpers/declared";
import type { CityRule } from "../rule";

/** A DRS host group belongs to one cluster; another cluster's rule cannot use it. */
export const poolHostGroup: CityRule = {
  id: "pool-host-group",
  explanation: "a pool's hostGroup is one of its cluster's",
  repair: "correct the name or declare the host group in the cluster",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      const { hostGroup } = pool;
      const cluster = hostsCluster(city, pool);
      if (hostGroup === undefined || cluster === undefined) continue;
      const known = cluster.hostGroups.map(({ name }) => name);
      const noun = `host group of the cluster ${quoted(cluster.name)}`;
      const path = ["pools", index, "hostGroup"];
      yield* dangling({ path, name: hostGroup, known, noun, declared: "the cluster's hostGroups" });
    }
  },
};
