import type { City } from "../model/city";
import { segmentResources } from "./addresses";
import { datastoreResources } from "./datastores";
import { hostResources } from "./hosts";
import { loadsOf } from "./loads";
import type { Resource } from "./resource";

/**
 * Everything that a city's machines take: of clusters and their host groups, of datastores, of the desktops' segments, in
 * the order of the file. It follows from the file alone, also from one whose references lead nowhere: what is placed
 * nowhere is not counted, for other rules report it.
 */
export function capacityOf(city: City): Resource[] {
  const loads = loadsOf(city);
  return [...hostResources(city, loads), ...datastoreResources(city, loads), ...segmentResources(city)];
}
