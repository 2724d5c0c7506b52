import { dangling } from "../helpers/dangling";
import { machineClusters } from "../helpers/machine-clusters";
import type { CityRule } from "../rule";

/** Only the file's clusters have hosts on the city's switch. */
export const accessCluster: CityRule = {
  id: "access-cluster",
  explanation:
    "the clusters of the access machines are declared in platform.clusters and have a datastore that is no storage cluster",
  repair: "correct the name, or declare the cluster and a datastore of it",
  *check(city) {
    for (const [index, name] of (city.access?.machines?.clusters ?? []).entries()) {
      yield* dangling({ ...machineClusters(city), path: ["access", "machines", "clusters", index], name });
    }
  },
};
