import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** A datastore is given to the pools of the cluster whose hosts reach it. */
export const datastoreCluster: CityRule = {
  id: "datastore-cluster",
  explanation: "a datastore's cluster is declared in platform.clusters",
  repair: "correct the name or declare the cluster",
  *check({ platform: { clusters, datastores } }) {
    const known = clusters.map(({ name }) => name);
    for (const [index, { cluster }] of datastores.entries()) {
      const path = ["platform", "datastores", index, "cluster"];
      yield* dangling({ path, name: cluster, known, noun: "cluster", declared: "platform.clusters" });
    }
  },
};
