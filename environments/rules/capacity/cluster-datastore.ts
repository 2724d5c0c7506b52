import { quoted } from "../../display";
import { clustersOf } from "../../seats/places";
import type { CityRule } from "../rule";

/** A pool without a datastore uses its cluster's first; without any its disks would have no place. */
export const clusterDatastore: CityRule = {
  id: "cluster-datastore",
  explanation: "a cluster that pools or hosted seats run in has at least one datastore",
  repair: "declare a datastore of this cluster in platform.datastores, or move its pools",
  *check({ pools, emergency, platform: { clusters, datastores } }) {
    const used = new Set([...pools.flatMap(clustersOf), ...emergency.hosting.map(({ cluster }) => cluster)]);
    const stored = new Set(datastores.map(({ cluster }) => cluster));
    for (const [index, { name }] of clusters.entries()) {
      if (!used.has(name) || stored.has(name)) continue;
      yield { path: ["platform", "clusters", index], message: `the cluster ${quoted(name)} has no datastore` };
    }
  },
};
