import { environmentFiles, loadCities } from "./load";
import type { DeployedCity } from "./model/city";
import { applyOverlay } from "./overlay";
import type { Overlay } from "./overlay";
import { withEmergencies } from "./seats/hosting";

/**
 * Every city as it is deployed: with the pools that it has only in an emergency, its own and another city's, and in the lab as its
 * overlay says.
 * @param directory folder of the cities' files
 * @param overlay the lab's; undefined where every city is as its file has it
 * @throws EnvironmentError when a file is not right
 */
export function citiesAsDeployed(directory: string, overlay: Overlay | undefined): DeployedCity[] {
  const cities = loadCities(environmentFiles(directory));
  return withEmergencies(overlay === undefined ? cities : cities.map((city) => applyOverlay(city, overlay)));
}
