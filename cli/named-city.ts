import { resolve } from "node:path";
import { citiesAsDeployed } from "../environments/deployed";
import { listed, nearest, quoted } from "../environments/display";
import { environmentFiles, loadCities, loadOverlay } from "../environments/load";
import type { City, DeclaredCity, DeployedCity } from "../environments/model/city";
import type { Overlay } from "../environments/overlay";
import { InputError } from "../runtime/errors";

/**
 * The city of an id, after all files of a folder were checked.
 * @throws EnvironmentError when a file is not right
 * @throws InputError when no file declares the city
 */
export function namedCity(environments: string, id: string): DeclaredCity {
  return cityOf(loadCities(environmentFiles(environments)), id, environments);
}

/**
 * The same as it is deployed: with the pools that it has only in an emergency, its own and another city's, and in the lab as its
 * overlay says.
 * @throws as `namedCity` does
 */
export function deployedCity(environments: string, id: string): DeployedCity {
  return cityOf(deployedCities(environments), id, environments);
}

/** All cities of a folder as they are deployed. @throws EnvironmentError when a file is not right */
export function deployedCities(environments: string): DeployedCity[] {
  return citiesAsDeployed(environments, labOverlay());
}

/** The lab's overlay, where its commands name one. */
export function labOverlay(): Overlay | undefined {
  const file = process.env.POSTAZIONI_OVERLAY;
  return file === undefined ? undefined : loadOverlay(file);
}

/** The city of an id among others. @throws InputError when none has it */
function cityOf<C extends City>(cities: readonly C[], id: string, folder: string): C {
  const city = cities.find((candidate) => candidate.city.id === id);
  if (city !== undefined) return city;
  const ids = cities.map((candidate) => candidate.city.id);
  const meant = nearest(id, ids);
  const repair = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  throw new InputError(
    `no file in ${resolve(folder)} declares the city ${quoted(id)}: there ${ids.length === 1 ? "is" : "are"} ${listed(ids)}${repair}`,
  );
}
