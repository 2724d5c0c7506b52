import { quoted } from "../display";
import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** vCenter starts a machine only on a host that reaches its disks. */
export const poolDatastore: CityRule = {
  id: "pool-datastore",
  explanation: "a pool's datastore is one of its cluster's in platform.datastores",
  repair: "correct the name or declare the datastore",
  *check({ pools, platform }) {
    for (const [index, { cluster, datastore }] of pools.entries()) {
      if (datastore === undefined) continue;
      const known = platform.datastores.filter((one) => one.cluster === cluster).map(({ name }) => name);
      const noun = `datastore of the cluster ${quoted(cluster)}`;
      const path = ["pools", index, "datastore"];
      yield* dangling({ path, name: datastore, known, noun, declared: "platform.datastores" });
    }
  },
};
