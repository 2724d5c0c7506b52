import type { City } from "../model/city";
import type { Directorate, Pool } from "../model/desktops";
import type { Image } from "../model/image";
import type { Workstation } from "../model/workstation";
import { isStorageCluster, placesOf } from "./places";
import type { Placement } from "./places";

/** A template in vCenter. */
export interface Template {
  /** Its name. */
  readonly name: string;
  /** Name of the content library whose item it is. @default - it is in the inventory */
  readonly library?: string;
}

/** What machines of a version are cloned from in one cluster. */
export type TemplateSource = Omit<NonNullable<Version["clusters"]>[number], "cluster">;

type Version = Image["versions"][string];

/** A pool with everything that it refers to: directorate, workstation, image, template, places. */
export interface Definition {
  /** The pool. */
  readonly pool: Pool;
  /** The directorate whose people use the pool; undefined for the city as a whole. */
  readonly directorate: Directorate | undefined;
  /** The kind of workstation. */
  readonly workstation: Workstation;
  /** Its golden image. */
  readonly image: Image;
  /** The template of the pool's imageVersion in its first place. */
  readonly template: Template;
  /** The places of its machines; at least one. */
  readonly places: readonly [StoredPlace, ...StoredPlace[]];
}

/** A place with a datastore. */
export type StoredPlace = Placement & {
  readonly datastore: string;
  /** Whether the datastore is a storage cluster. */
  readonly isStorageCluster: boolean;
};

/**
 * Looks up everything that a pool of a checked city refers to.
 * @throws Error when something is missing, which the rules refuse
 */
export function definitionOf(city: City, pool: Pool): Definition {
  const directorate = city.directorates.find(({ id }) => id === pool.directorate);
  const workstation = city.workstations[pool.workstation];
  const image = workstation && city.images[workstation.image];
  const version = image?.versions[pool.imageVersion];
  const [place, ...others] = storedPlaces(city, pool);
  const lacksDirectorate = pool.directorate !== undefined && directorate === undefined;
  if (lacksDirectorate || !workstation || !image || !version || place === undefined) {
    throw new Error(`pool ${pool.name} of ${city.city.id} refers to something that is not there`);
  }
  return {
    pool,
    directorate,
    workstation,
    image,
    template: templateOf(version, place.cluster),
    places: [place, ...others],
  };
}

/** The template of a version of an image, in one cluster. */
export function templateOf(version: Version, cluster: string): Template {
  const { template, library } = sourceOf(version, cluster);
  return { name: template, ...(library !== undefined && { library }) };
}

/** What machines of a version are cloned from in one cluster: the cluster's own template, or the one of all others. */
export function sourceOf(version: Version, cluster: string): TemplateSource {
  return version.clusters?.find((own) => own.cluster === cluster) ?? version;
}

/** The pool's places; empty where one of them has no datastore. */
function storedPlaces(city: City, pool: Pool): StoredPlace[] {
  const places = placesOf(city, pool);
  const stored = places.flatMap(({ datastore, ...place }) =>
    datastore === undefined ? [] : [{ ...place, datastore, isStorageCluster: isStorageCluster(city, datastore) }],
  );
  return stored.length === places.length ? stored : [];
}
