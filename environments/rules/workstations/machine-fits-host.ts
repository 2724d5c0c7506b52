import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import type { Platform } from "../../model/platform";
import type { Workstation } from "../../model/workstation";
import type { Path } from "../../path";
import { placesOf } from "../../seats/places";
import type { Placement } from "../../seats/places";
import { surgesElsewhere } from "../../seats/surge";
import { declaredCluster, declaredWorkstation } from "../helpers/declared";
import type { CityRule, Finding } from "../rule";

/** A machine runs on one host: a larger one starts nowhere, whatever the cluster has in total. */
export const machineFitsHost: CityRule = {
  id: "machine-fits-host",
  explanation: "a workstation has at most the hostCores and the hostMemoryGib of each cluster that it runs in",
  repair: "make the workstation smaller, or move the pool to a cluster with larger hosts",
  *check(city) {
    const own = city.pools.map((pool, index) => ({ pool, path: ["pools", index] }));
    for (const { pool, path } of [...own, ...surgesElsewhere(city)]) {
      for (const place of placesOf(city, pool)) yield* tooLarge(city, pool, place, path);
    }
  },
};

function tooLarge(city: City, pool: Pool, place: Placement, path: Path): Finding[] {
  const workstation = declaredWorkstation(city, pool.workstation);
  const cluster = declaredCluster(city, place.cluster);
  if (workstation === undefined || cluster === undefined) return [];
  return excesses(workstation, cluster).map((excess) => ({
    path: [...path, ...place.path, "cluster"],
    message: `${quoted(pool.workstation)} has ${excess} of a host of ${quoted(cluster.name)}`,
  }));
}

function excesses({ cpus, memoryGib }: Workstation, cluster: Platform["clusters"][number]): string[] {
  const { hostCores = Infinity, hostMemoryGib = Infinity } = cluster;
  return [
    ...(cpus > hostCores ? [`${String(cpus)} virtual CPUs, more than the ${String(hostCores)} cores`] : []),
    ...(memoryGib > hostMemoryGib
      ? [`${String(memoryGib)} GiB of memory, more than the ${String(hostMemoryGib)} GiB`]
      : []),
  ];
}
