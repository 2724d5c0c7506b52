import { environmentFiles, loadFiles } from "./load";
import type { CityFile } from "./load";
import type { DeployedCity } from "./model/city";
import { applyOverlay } from "./overlay";
import type { Overlay } from "./overlay";
import { withEmergencies } from "./seats/hosting";

/** A city's file that was read and is right, and what is deployed of it. */
export interface DeployedFile extends CityFile {
  /** With the pools that it has only in an emergency, its own and another city's, and in the lab as its overlay says. */
  readonly deployed: DeployedCity;
}

/**
 * Reads every city of a folder.
 * @param directory folder of the cities' files
 * @param overlay the lab's; undefined where every city is as its file has it
 * @throws EnvironmentError when a file is not right
 */
export function loadDeployed(directory: string, overlay: Overlay | undefined): DeployedFile[] {
  const files = loadFiles(environmentFiles(directory));
  const cities = files.map(({ declared }) => (overlay === undefined ? declared : applyOverlay(declared, overlay)));
  const all = withEmergencies(cities);
  return files.flatMap((file, index) => {
    const deployed = all[index];
    return deployed === undefined ? [] : [{ ...file, deployed }];
  });
}

/** Every city of a folder as it is deployed. @see loadDeployed */
export function citiesAsDeployed(directory: string, overlay: Overlay | undefined): DeployedCity[] {
  return loadDeployed(directory, overlay).map(({ deployed }) => deployed);
}
