import type { City } from "../environments/model/city";

/** Names of what a city's stacks create in its vCenter; the Go program in lab/vcenter reads it as JSON. */
export interface DeployedNames {
  /** Below the datacenter's machine folder; it contains all machines. */
  readonly folder: string;
  /** Prefix of resource pools, roles, custom attributes, and clusters' groups and rules. */
  readonly prefix: string;
  /** Host groups have the file's names. */
  readonly hostGroups: readonly string[];
  readonly switches: readonly string[];
  /** Port groups on an existing switch. */
  readonly portGroups: readonly string[];
}

/** Names of what a city's stacks create, except for tags and content libraries, which no saved vCenter has. */
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
