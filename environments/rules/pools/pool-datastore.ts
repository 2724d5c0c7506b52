import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Path } from "../../path";
import { placesOf } from "../../seats/places";
import type { Placement } from "../../seats/places";
import { dangling } from "../helpers/dangling";
import type { CityRule, Finding } from "../rule";

/** vCenter starts a machine only on a host with access to its disks. */
export const poolDatastore: CityRule = {
  id: "pool-datastore",
  explanation: "a datastore that a pool names is one of its cluster's, or of that of the place, in platform.datastores",
  repair: "correct the name or declare the datastore",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      for (const place of placesOf(city, pool)) yield* wrongDatastore(city, place, ["pools", index, ...place.path]);
    }
  },
};

/** A cluster without a datastore is another rule's finding. */
function wrongDatastore({ platform }: City, { cluster, datastore }: Placement, at: Path): Finding[] {
  if (datastore === undefined) return [];
  const known = platform.datastores.filter((one) => one.cluster === cluster).map(({ name }) => name);
  const noun = `datastore of the cluster ${quoted(cluster)}`;
  return dangling({ path: [...at, "datastore"], name: datastore, known, noun, declared: "platform.datastores" });
}
