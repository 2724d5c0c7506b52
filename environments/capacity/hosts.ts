import type { City } from "../model/city";
import type { Platform } from "../model/platform";
import type { Path } from "../path";
import { demandOf } from "./loads";
import type { Load } from "./loads";
import { resource } from "./resource";
import type { HostCount, Resource, ResourceParts } from "./resource";

type Cluster = Platform["clusters"][number];
type HostGroup = Cluster["hostGroups"][number];

const UNITS = ["cpus", "memoryGib"] as const;

/** Virtual CPUs and memory of every cluster, each followed by its host groups' and their vGPUs. */
export function hostResources({ platform }: City, loads: readonly Load[]): Resource[] {
  return platform.clusters.flatMap((cluster, index) => {
    const path = ["platform", "clusters", index];
    const here = loads.filter((load) => load.cluster === cluster.name);
    const groups = cluster.hostGroups.flatMap((group, at) =>
      groupResources(cluster, group, [...path, "hostGroups", at, "hosts"], here),
    );
    return [...clusterResources(cluster, [...path, "hosts"], here), ...groups];
  });
}

/** A cluster that tolerates the failure of all hosts has no capacity left; another rule reports that. */
function clusterResources(cluster: Cluster, path: Path, loads: readonly Load[]): Resource[] {
  const all = new Set(cluster.hosts).size;
  const hosts = { all, left: Math.max(0, all - cluster.tolerates) };
  return rows(cluster, { kind: "cluster", name: cluster.name, hosts, path }, loads);
}

/** A host group loses all failing hosts, but keeps one: a small group would otherwise have no capacity. */
function groupResources(cluster: Cluster, group: HostGroup, path: Path, loads: readonly Load[]): Resource[] {
  const all = new Set(group.hosts).size;
  const hosts = { all, left: Math.max(1, all - cluster.tolerates) };
  const within = groupsWithin(cluster, group);
  const bound = loads.filter(({ hostGroup }) => hostGroup !== undefined && within.has(hostGroup));
  const row = { kind: "hostGroup", name: group.name, hosts, path } as const;
  return [...rows(cluster, row, bound), ...vgpuRows(cluster, row, group, bound)];
}

/** Names of the group and of groups whose hosts are all in it: machines that must run in those run in it too. */
function groupsWithin({ hostGroups }: Cluster, group: HostGroup): Set<string> {
  const hosts = new Set(group.hosts);
  return new Set(hostGroups.filter((other) => other.hosts.every((host) => hosts.has(host))).map(({ name }) => name));
}

type Row = Pick<ResourceParts, "kind" | "name" | "path"> & { readonly hosts: HostCount };

function rows(cluster: Cluster, row: Row, loads: readonly Load[]): Resource[] {
  return UNITS.map((unit) => {
    const eachHost = ofEachHost(cluster, unit);
    const available = eachHost === undefined ? undefined : row.hosts.left * eachHost;
    return resource({ ...row, cluster: cluster.name, unit, demanded: demandOf(loads, unit), available });
  });
}

function vgpuRows(cluster: Cluster, row: Row, { vgpus }: HostGroup, loads: readonly Load[]): Resource[] {
  return vgpus.map(({ profile, perHost }) => {
    const demanded = loads
      .filter(({ vgpuProfile }) => vgpuProfile === profile)
      .reduce((sum, { machines }) => sum + machines, 0);
    const available = row.hosts.left * perHost;
    return resource({ ...row, cluster: cluster.name, unit: "vgpus", profile, demanded, available });
  });
}

function ofEachHost(
  { hostCores, hostMemoryGib, cpuOvercommit }: Cluster,
  unit: (typeof UNITS)[number],
): number | undefined {
  if (unit === "memoryGib") return hostMemoryGib;
  return hostCores === undefined ? undefined : hostCores * cpuOvercommit;
}
