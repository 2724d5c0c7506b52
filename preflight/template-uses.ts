import type { DeployedCity } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { sourceOf } from "../environments/seats/definition";
import type { TemplateSource } from "../environments/seats/definition";
import { placesOf } from "../environments/seats/places";
import type { Placement } from "../environments/seats/places";

/** Machines of a pool in one place, and what they are cloned from. */
export interface TemplateUse extends TemplateSource {
  readonly pool: Pool;
  readonly place: Placement;
  /** Name of the image. */
  readonly image: string;
}

/** What the machines of each pool are cloned from, in each of its places that has seats, now or by its rollout. */
export function templateUses(city: DeployedCity): TemplateUse[] {
  return city.pools.flatMap((pool) => {
    const image = city.workstations[pool.workstation]?.image ?? "";
    const versions = [pool.imageVersion, pool.rollout?.to].flatMap((name) =>
      name === undefined ? [] : (city.images[image]?.versions[name] ?? []),
    );
    const places = placesOf(city, pool).filter(({ weight }) => weight > 0);
    return places.flatMap((place) =>
      versions.map((version) => ({ ...sourceOf(version, place.cluster), pool, place, image })),
    );
  });
}
