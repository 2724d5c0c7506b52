import { repeated } from "./repeated";
import type { CityRule } from "./rule";

/** An ESXi host belongs to one cluster, and joins the switch once; names of hosts know no case. */
export const hostInOneCluster: CityRule = {
  id: "host-in-one-cluster",
  explanation: "a host is in one cluster, once, whatever the case of its name",
  repair: "take it out of one of the two",
  *check({ platform }) {
    const hosts = platform.clusters.flatMap((cluster, index) =>
      cluster.hosts.map((name, host) => ({ path: ["platform", "clusters", index, "hosts", host], name })),
    );
    yield* repeated(hosts, "host");
  },
};
