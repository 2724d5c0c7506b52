import type { ManagedObject } from "./managed-object";
import type { Places } from "./places";

/** A storage cluster: vSphere's datastore cluster. */
export interface FoundStorageCluster {
  readonly name: string;
  readonly datacenter: string;
  /** Whether Storage DRS is on; also where that was not read. */
  readonly drs: boolean;
  /** Names of its datastores. */
  readonly members: readonly string[];
}

/** The property that tells whether Storage DRS is on. */
export const SDRS = "podStorageDrsEntry.storageDrsConfig.podConfig.enabled";

/** A storage cluster. @param datastores those of the vCenter */
export function storageCluster(
  object: ManagedObject,
  datastores: readonly ManagedObject[],
  places: Places,
): FoundStorageCluster {
  return {
    name: object.name,
    datacenter: places.datacenter(object),
    drs: object.text(SDRS) !== "false",
    members: datastores.filter((store) => places.parent(store)?.id === object.id).map(({ name }) => name),
  };
}
