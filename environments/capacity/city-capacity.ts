import type { City } from "../model/city";
import { segmentResources } from "./addresses";
import { datastoreResources } from "./datastores";
import { hostResources } from "./hosts";
import { loadsOf, NO_EXTRA_SEATS } from "./loads";
import type { ExtraSeats } from "./loads";
import type { Resource } from "./resource";

/**
 * Everything that a city's machines take: of clusters and their host groups, of datastores, of the desktops' segments, in
 * the order of the file. It follows from the file alone, also from one whose references lead nowhere: what is placed
 * nowhere is not counted, for other rules report it.
 * @param extraSeats seats to count beside the pools' own, for example those of an emergency. @default - none
 */
export function capacityOf(city: City, extraSeats: ExtraSeats = NO_EXTRA_SEATS): Resource[] {
  const loads = loadsOf(city, extraSeats);
  return [...hostResources(city, loads), ...datastoreResources(city, loads), ...segmentResources(city, extraSeats)];
}
