import type { City } from "../environments/model/city";

/** What a city's stacks make in its vCenter, by its names; the Go program in lab/vcenter reads it as JSON. */
export interface DeployedNames {
  /** In the datacenter's folder of machines; all machines are below it. */
  readonly folder: string;
  /** Begins the names of resource pools, roles, custom attributes, and of groups and rules of clusters. */
  readonly prefix: string;
  /** Groups of hosts have the file's own names. */
  readonly hostGroups: readonly string[];
  readonly switches: readonly string[];
  /** Of a switch that somebody else keeps. */
  readonly portGroups: readonly string[];
}

/** The names of what a city's stacks make, but for tags and content libraries, which no saved vCenter has. */
export function deployedNames({ city, platform, network }: City): DeployedNames {
  const { existing, name } = network.switch;
  const own = network.segments.filter(({ external }) => !external);
  return {
    folder: city.id,
    prefix: `${city.id}-`,
    hostGroups: platform.clusters.flatMap(({ hostGroups }) => hostGroups.map((group) => group.name)),
    switches: existing ? [] : [name],
    portGroups: existing ? own.map((segment) => segment.name) : [],
  };
}
