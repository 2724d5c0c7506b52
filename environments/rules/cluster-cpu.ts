import { exceeded } from "./exceeded";
import type { CityRule } from "./rule";

/** More virtual CPUs a core than the work allows make every desktop wait, at the latest when a host has failed. */
export const clusterCpu: CityRule = {
  id: "cluster-cpu",
  explanation:
    "the hosts of a cluster that are left when tolerates of them fail have the virtual CPUs of all its machines, at most " +
    "cpuOvercommit a core",
  repair: "add hosts, move a pool to another cluster, or raise cpuOvercommit where a measurement allows it",
  *check(city) {
    yield* exceeded(city, "cluster", "cpus");
  },
};
