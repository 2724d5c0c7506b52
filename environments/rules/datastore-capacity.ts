import { exceeded } from "./exceeded";
import type { CityRule } from "./rule";

/** Thin disks grow; machines of a datastore that is full are stopped, all of them. */
export const datastoreCapacity: CityRule = {
  id: "datastore-capacity",
  explanation: "the disks of a datastore's machines have together at most overcommit times its capacityGib",
  repair: "enlarge the datastore, move a pool to another one, or raise overcommit while somebody watches how it fills",
  *check(city) {
    yield* exceeded(city, "datastore", "diskGib");
  },
};
