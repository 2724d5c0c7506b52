import { gatewayPairs } from "../../network/gateway-pairs";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** Only the file's clusters have hosts on the city's switch. */
export const gatewayCluster: CityRule = {
  id: "gateway-cluster",
  explanation:
    "the gateways' clusters are declared in platform.clusters and have a datastore that is no storage cluster",
  repair: "correct the name, or declare the cluster and a datastore of it",
  *check(city) {
    const { clusters, datastores } = city.platform;
    const stored = new Set(datastores.flatMap(({ cluster, members }) => (members === undefined ? cluster : [])));
    const known = clusters.map(({ name }) => name).filter((name) => stored.has(name));
    for (const pair of gatewayPairs(city)) {
      for (const [index, name] of pair.clusters.entries()) {
        const path = [...pair.path, "clusters", index];
        yield* dangling({
          path,
          name,
          known,
          noun: "cluster with a datastore that is no storage cluster",
          declared: "platform",
        });
      }
    }
  },
};
