import { exceeded } from "./exceeded";
import type { CityRule } from "./rule";

/**
 * Memory is not overcommitted: an idle desktop's memory is soon touched again, so that what is swapped out stands still,
 * and vSphere reserves all memory of a machine with a graphics card.
 */
export const clusterMemory: CityRule = {
  id: "cluster-memory",
  explanation: "the hosts of a cluster that are left when tolerates of them fail have the memory of all its machines",
  repair: "add hosts or memory, or move a pool to another cluster",
  *check(city) {
    yield* exceeded(city, "cluster", "memoryGib");
  },
};
