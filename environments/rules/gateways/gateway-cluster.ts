import { gatewayPairs } from "../../network/gateway-pairs";
import { dangling } from "../helpers/dangling";
import { machineClusters } from "../helpers/machine-clusters";
import type { CityRule } from "../rule";

/** Only the file's clusters have hosts on the city's switch. */
export const gatewayCluster: CityRule = {
  id: "gateway-cluster",
  explanation:
    "the gateways' clusters are declared in platform.clusters and have a datastore that is no storage cluster",
  repair: "correct the name, or declare the cluster and a datastore of it",
  *check(city) {
    for (const pair of gatewayPairs(city)) {
      for (const [index, name] of pair.clusters.entries()) {
        yield* dangling({ ...machineClusters(city), path: [...pair.path, "clusters", index], name });
      }
    }
  },
};
