import { quoted } from "../../display";
import { dangling } from "../helpers/dangling";
import type { CityRule } from "../rule";

/** Only a cluster with a datastore can hold machines. In another city's datacenter that city decides. */
export const surgeCluster: CityRule = {
  id: "surge-cluster",
  explanation: "a surge's cluster is declared in platform.clusters and has a datastore; one with hostedBy names none",
  repair: "choose another cluster, or declare a datastore of it in platform.datastores",
  *check({ platform, emergency }) {
    const usable = platform.clusters
      .map(({ name }) => name)
      .filter((name) => platform.datastores.some((datastore) => datastore.cluster === name));
    for (const [index, { cluster, hostedBy }] of emergency.surge.entries()) {
      if (cluster === undefined) continue;
      const path = ["emergency", "surge", index, "cluster"];
      if (hostedBy !== undefined) {
        const message = `${quoted(hostedBy)} hosts the seats, and says where`;
        yield { path, message, repair: "take cluster out" };
      } else
        yield* dangling({ path, name: cluster, known: usable, noun: "cluster with a datastore", declared: "platform" });
    }
  },
};
