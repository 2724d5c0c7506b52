import type { City } from "./model/city";
import type { Directorate, Image, Pool, Workstation } from "./model/desktops";

/** What a pool's seats are, with every reference followed. */
export interface Definition {
  /** The directorate whose people use the pool. */
  readonly directorate: Directorate;
  /** The kind of workstation. */
  readonly workstation: Workstation;
  /** Its golden image. */
  readonly image: Image;
  /** Name of the template in vCenter, of the version that the pool pins. */
  readonly template: string;
}

/**
 * Follows the references of a pool of a checked city.
 * @throws Error when one leads nowhere: the rules let no such city pass
 */
export function definitionOf(city: City, pool: Pool): Definition {
  const directorate = city.directorates.find(({ id }) => id === pool.directorate);
  const workstation = city.workstations[pool.workstation];
  const image = workstation && city.images[workstation.image];
  const template = image?.versions[pool.imageVersion]?.template;
  if (directorate === undefined || workstation === undefined || image === undefined || template === undefined) {
    throw new Error(`pool ${pool.name} of ${city.city.id} refers to something that is not there`);
  }
  return { directorate, workstation, image, template };
}
