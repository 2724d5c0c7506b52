import { quoted } from "../../display";
import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import type { Path } from "../../path";
import { sourceOf } from "../../seats/definition";
import { isStorageCluster, placesOf } from "../../seats/places";
import { declaredImage } from "../helpers/declared";
import type { CityRule, Finding } from "../rule";

/**
 * Storage DRS recommends no place for vSphere's provider's linked clones (vmware/terraform-provider-vsphere#724), and the
 * provider gives a library's item the storage cluster for a datastore (#2268; 2.15.0 to 2.16.1, `customizeDiff`).
 */
export const storageCluster: CityRule = {
  id: "storage-cluster",
  explanation: "machines on a storage cluster are full clones of templates of the inventory",
  repair: "write clone: full, take the template's library out, or name a datastore that is no storage cluster",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      const places = placesOf(city, pool).filter(({ datastore = "" }) => isStorageCluster(city, datastore));
      const [first] = places;
      if (first?.datastore === undefined) continue;
      const path = ["pools", index];
      const of = quoted(first.datastore);
      if (pool.clone === "linked") yield { path: [...path, "clone"], message: `linked, on the storage cluster ${of}` };
      for (const { cluster } of places) yield* items(city, pool, cluster, path);
    }
  },
};

function* items(city: City, pool: Pool, cluster: string, path: Path): Iterable<Finding> {
  const versions = declaredImage(city, pool.workstation)?.image.versions ?? {};
  const taken = [
    [pool.imageVersion, ["imageVersion"]],
    [pool.rollout?.to ?? "", ["rollout", "to"]],
  ] as const;
  for (const [name, at] of taken) {
    const version = versions[name];
    const library = version && sourceOf(version, cluster).library;
    if (library === undefined) continue;
    yield { path: [...path, ...at], message: `an item of the library ${quoted(library)}, on a storage cluster` };
  }
}
