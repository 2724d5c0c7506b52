import type { City } from "../model/city";
import { onceEach } from "../once";
import { segmentResources } from "./addresses";
import { datastoreResources } from "./datastores";
import { hostResources } from "./hosts";
import { loadsOf } from "./loads";
import type { Resource } from "./resource";

/**
 * The capacity of a city: clusters with host groups, datastores, and the desktops' segments, in the order of the file.
 * It also works for a file with broken references: what has no place is not counted, since other rules report it. Computed once a city.
 */
export const capacityOf = onceEach((city: City): readonly Resource[] => {
  const loads = loadsOf(city);
  return [...hostResources(city, loads), ...datastoreResources(city, loads), ...segmentResources(city)];
});
