import { count } from "../../display";
import type { CityRule } from "../rule";

/** With no host left nothing runs, so no capacity could be promised. */
export const clusterTolerates: CityRule = {
  id: "cluster-tolerates",
  explanation: "a cluster that says hostCores or hostMemoryGib has more hosts than it tolerates failed ones",
  repair: "add hosts, or write a smaller tolerates",
  *check({ platform }) {
    for (const [index, { hosts, hostCores, hostMemoryGib, tolerates }] of platform.clusters.entries()) {
      const sized = hostCores !== undefined || hostMemoryGib !== undefined;
      const all = new Set(hosts).size;
      if (!sized || tolerates < all) continue;
      const message = `tolerates is ${String(tolerates)}, and there ${all === 1 ? "is" : "are"} ${count(all, "host")}`;
      yield { path: ["platform", "clusters", index, "tolerates"], message };
    }
  },
};
