import { resolve } from "node:path";
import { citiesAsDeployed, loadDeployed } from "../environments/deployed";
import type { DeployedFile } from "../environments/deployed";
import { listed, nearest, quoted } from "../environments/display";
import { environmentFiles, loadFiles, loadOverlay } from "../environments/load";
import type { CityFile } from "../environments/load";
import type { DeclaredCity, DeployedCity } from "../environments/model/city";
import type { Overlay } from "../environments/overlay";
import { InputError } from "../runtime/errors";

/**
 * The file of the city of an id, after all files of a folder were checked.
 * @throws EnvironmentError when a file is not right
 * @throws InputError when no file declares the city
 */
export function namedFile(environments: string, id: string): CityFile {
  return fileOf(loadFiles(environmentFiles(environments)), id, environments);
}

/** The city that it declares. @throws as `namedFile` does */
export function namedCity(environments: string, id: string): DeclaredCity {
  return namedFile(environments, id).declared;
}

/**
 * The same file with what is deployed of it: also the pools that the city has only in an emergency, its own and another city's, and in
 * the lab as its overlay says.
 * @throws as `namedFile` does
 */
export function deployedFile(environments: string, id: string): DeployedFile {
  return fileOf(loadDeployed(environments, labOverlay()), id, environments);
}

/** The city as it is deployed. @throws as `namedFile` does */
export function deployedCity(environments: string, id: string): DeployedCity {
  return deployedFile(environments, id).deployed;
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

/** The file of the city of an id among others. @throws InputError when none has it */
function fileOf<F extends CityFile>(files: readonly F[], id: string, folder: string): F {
  const file = files.find(({ declared }) => declared.city.id === id);
  if (file !== undefined) return file;
  const ids = files.map(({ declared }) => declared.city.id);
  const meant = nearest(id, ids);
  const repair = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  throw new InputError(
    `no file in ${resolve(folder)} declares the city ${quoted(id)}: there ${ids.length === 1 ? "is" : "are"} ${listed(ids)}${repair}`,
  );
}
