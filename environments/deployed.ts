import { environmentFiles, loadFiles } from "./load";
import type { CityFile } from "./load";
import type { DeployedCity } from "./model/city";
import { applyOverlay } from "./overlay";
import type { Overlay } from "./overlay";
import { withEmergencies } from "./seats/hosting";

/** A city's checked file, with its deployed city. */
export interface DeployedFile extends CityFile {
  /** With the pools for emergencies, its own and other cities', active or not, and in the lab with the overlay. */
  readonly deployed: DeployedCity;
}

/**
 * Reads every city of a folder.
 * @param directory folder of the cities' files
 * @param overlay the lab's; undefined for cities as declared
 * @throws EnvironmentError when a file is wrong
 */
export function loadDeployed(directory: string, overlay: Overlay | undefined): DeployedFile[] {
  return deployedFiles(loadFiles(environmentFiles(directory)), overlay);
}

/** All cities' checked files, each with its deployed city. @param overlay as of {@link loadDeployed} */
export function deployedFiles(files: readonly CityFile[], overlay: Overlay | undefined): DeployedFile[] {
  const cities = files.map(({ declared }) => (overlay === undefined ? declared : applyOverlay(declared, overlay)));
  const all = withEmergencies(cities);
  return files.flatMap((file, index) => {
    const deployed = all[index];
    return deployed === undefined ? [] : [{ ...file, deployed }];
  });
}

/** All deployed cities of a folder. @see loadDeployed */
export function citiesAsDeployed(directory: string, overlay: Overlay | undefined): DeployedCity[] {
  return loadDeployed(directory, overlay).map(({ deployed }) => deployed);
}
