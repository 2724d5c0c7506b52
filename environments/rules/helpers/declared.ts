import type { City } from "../../model/city";
import type { Pool } from "../../model/desktops";
import type { Image } from "../../model/image";
import type { Platform } from "../../model/platform";
import type { Workstation } from "../../model/workstation";
import { clustersOf } from "../../seats/places";

/**
 * The image of a workstation; undefined where either is not declared, which other rules report. Only own keys count:
 * the schema allows the name `constructor`, which every object has.
 */
export function declaredImage(city: City, workstation: string): { name: string; image: Image } | undefined {
  const name = declaredWorkstation(city, workstation)?.image;
  const image = name === undefined ? undefined : own<Image>(city.images, name);
  return name === undefined || image === undefined ? undefined : { name, image };
}

/** The workstation with a name; undefined without one, which another rule reports. */
export function declaredWorkstation(city: City, name: string): Workstation | undefined {
  return own<Workstation>(city.workstations, name);
}

/** The cluster with a name; undefined without one, which another rule reports. */
export function declaredCluster(city: City, name: string): Platform["clusters"][number] | undefined {
  return city.platform.clusters.find((cluster) => cluster.name === name);
}

/**
 * The cluster of a pool's hostGroup and antiAffinity, its first; another rule requires that there is no other.
 * Undefined where it is not declared, which another rule reports.
 */
export function hostsCluster(city: City, pool: Pool): Platform["clusters"][number] | undefined {
  const [name] = clustersOf(pool);
  return name === undefined ? undefined : declaredCluster(city, name);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
