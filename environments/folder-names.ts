import type { City } from "./model/city";
import type { Pool } from "./model/desktops";

/** The folder of all machines of a city's datacenter, as an inventory path. vSphere itself makes it. */
export function machineFolder({ platform }: Pick<City, "platform">): string {
  return `${platform.vsphere.datacenter}/vm`;
}

/** Name of the folder of a city's machines, in that of its datacenter. */
export function cityFolder({ city }: Pick<City, "city">): string {
  return city.id;
}

/** Names of the folders that the machines of a pool are in: the city's, in it one a directorate where it has one, in it one a pool. */
export function poolFolders(
  city: Pick<City, "city">,
  { directorate, name }: Pick<Pool, "directorate" | "name">,
): readonly string[] {
  return [cityFolder(city), ...(directorate === undefined ? [] : [directorate]), name];
}
