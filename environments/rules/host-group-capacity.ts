import { exceeded } from "./exceeded";
import type { CityRule } from "./rule";

/** Machines that must run on some hosts start on no other, however much room these have. */
export const hostGroupCapacity: CityRule = {
  id: "host-group-capacity",
  explanation:
    "the hosts of a host group that are left when tolerates of its cluster's fail, at least one, have the virtual CPUs, " +
    "the memory and the vGPUs of the machines that must run there",
  repair: "add hosts to the group, or retire seats of its pools",
  *check(city) {
    yield* exceeded(city, "hostGroup", "cpus", "memoryGib", "vgpus");
  },
};
