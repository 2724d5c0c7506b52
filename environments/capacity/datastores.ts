import type { City } from "../model/city";
import { demandOf } from "./loads";
import type { Load } from "./loads";
import { resource } from "./resource";
import type { Resource } from "./resource";

/** Disk capacity of every datastore, in GiB; swap files and snapshots are not counted. */
export function datastoreResources({ platform }: City, loads: readonly Load[]): Resource[] {
  return platform.datastores.map(({ name, cluster, capacityGib, overcommit }, index) => {
    const stored = loads.filter(({ datastore }) => datastore === name);
    return resource({
      ...{ kind: "datastore", name, cluster, unit: "diskGib" },
      demanded: demandOf(stored, "diskGib"),
      available: capacityGib === undefined ? undefined : capacityGib * overcommit,
      path: ["platform", "datastores", index, "capacityGib"],
    });
  });
}
