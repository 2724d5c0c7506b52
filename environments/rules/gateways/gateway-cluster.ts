import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** Only the file's clusters have hosts on the city's switch. */
export const gatewayCluster: CityRule = {
  id: "gateway-cluster",
  explanation: "the gateways' clusters are declared in platform.clusters and have a datastore",
  repair: "correct the name, or declare the cluster and a datastore of it",
  *check({ network: { gateway }, platform: { clusters, datastores } }) {
    const stored = new Set(datastores.map(({ cluster }) => cluster));
    const known = clusters.map(({ name }) => name).filter((name) => stored.has(name));
    for (const [index, name] of (gateway?.clusters ?? []).entries()) {
      const path = ["network", "gateway", "clusters", index];
      yield* dangling({ path, name, known, noun: "cluster with a datastore", declared: "platform" });
    }
  },
};
