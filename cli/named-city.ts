import { resolve } from "node:path";
import { citiesAsDeployed, loadDeployed } from "../environments/deployed";
import type { DeployedFile } from "../environments/deployed";
import { listed, nearest, quoted } from "../environments/display";
import { environmentFiles, loadFiles } from "../environments/load";
import { loadOverlay } from "../environments/load-overlay";
import type { CityFile } from "../environments/load";
import type { DeclaredCity, DeployedCity } from "../environments/model/city";
import type { Overlay } from "../environments/overlay";
import { InputError } from "../runtime/errors";
import { variable } from "../runtime/variable";

/**
 * The file of the city with an id, after all files of the folder were checked.
 * @throws EnvironmentError when a file is wrong
 * @throws InputError when no file declares the city
 */
export function namedFile(environments: string, id: string): CityFile {
  return fileOf(loadFiles(environmentFiles(environments)), id, environments);
}

/** The declared city. @throws as `namedFile` does */
export function namedCity(environments: string, id: string): DeclaredCity {
  return namedFile(environments, id).declared;
}

/**
 * The same file with its deployed city: with the pools for emergencies, its own and other cities', active or not,
 * and in the lab with the overlay.
 * @throws as `namedFile` does
 */
export function deployedFile(environments: string, id: string): DeployedFile {
  return fileOf(loadDeployed(environments, labOverlay()), id, environments);
}

/** The deployed city. @throws as `namedFile` does */
export function deployedCity(environments: string, id: string): DeployedCity {
  return deployedFile(environments, id).deployed;
}

/** All deployed cities of a folder. @throws EnvironmentError when a file is wrong */
export function deployedCities(environments: string): DeployedCity[] {
  return citiesAsDeployed(environments, labOverlay());
}

/** The lab's overlay, where POSTAZIONI_OVERLAY names one. */
export function labOverlay(): Overlay | undefined {
  const file = variable("POSTAZIONI_OVERLAY");
  return file === undefined ? undefined : loadOverlay(file);
}

/** Finds the file of a city by its id. @throws InputError when there is none */
export function fileOf<F extends CityFile>(files: readonly F[], id: string, folder: string): F {
  const file = files.find(({ declared }) => declared.city.id === id);
  if (file !== undefined) return file;
  const ids = files.map(({ declared }) => declared.city.id);
  const meant = nearest(id, ids);
  const repair = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  throw new InputError(
    `no file in ${resolve(folder)} declares the city ${quoted(id)}: there ${ids.length === 1 ? "is" : "are"} ${listed(ids)}${repair}`,
  );
}
