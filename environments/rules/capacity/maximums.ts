import { wholeNumber } from "../../../segmentation/render/whole-number";
import { loadsOf } from "../../capacity/loads";
import type { Load } from "../../capacity/loads";
import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Platform } from "../../model/platform";
import type { Vsan } from "../../model/vsan";
import type { Path } from "../../path";
import { withPromised } from "../../seats/hosting";
import type { CityRule, Finding } from "../rule";

type Cluster = Platform["clusters"][number];

/**
 * VMware Configuration Maximums, vSphere 8.0: hosts and machines of a cluster, machines of a host. The tool itself could not
 * be read here; two public comparisons have 96 and 1,024, one 10,000. vSphere 6.0 had 64 hosts and 8,000 machines.
 */
const MOST = { hosts: 96, machinesACluster: 10_000, machinesAHost: 1024 } as const;
/** VMware Validated Design 6.x and Dell's design guide of Horizon 8 on vSAN: a vSAN cluster has at most 64 hosts. */
const MOST_VSAN_HOSTS = 64;
/** VMware, "Scalability Improvements for the ESA in vSAN 8 U2" (2023): machines of a host, 200 before and 500 since. */
const MOST_VSAN_MACHINES = { osa: 200, esa: 500 } as const;

/** What a cluster has, in the emergencies of its city and of those that it hosts seats for. */
interface Counted {
  readonly cluster: Cluster;
  readonly path: Path;
  /** Storage architectures of its vSAN datastores. */
  readonly architectures: readonly Vsan["architecture"][];
  readonly loads: readonly Load[];
}

/** More hosts are no cluster that VMware supports. */
export const clusterHosts: CityRule = {
  id: "cluster-hosts",
  explanation: `a cluster has at most ${String(MOST.hosts)} hosts, one with vSAN ${String(MOST_VSAN_HOSTS)} (VMware's maximums for vSphere 8.0)`,
  repair: "make a second cluster of some of the hosts",
  *check(city) {
    for (const { cluster, path, architectures } of counted(city)) {
      const most = architectures.length > 0 ? MOST_VSAN_HOSTS : MOST.hosts;
      const hosts = new Set(cluster.hosts).size;
      if (hosts <= most) continue;
      yield { path, message: `${quoted(cluster.name)} has ${String(hosts)} hosts, more than ${String(most)}` };
    }
  },
};

/** All of a cluster's machines are in the plans of its DRS and its HA. */
export const clusterMachines: CityRule = {
  id: "cluster-machines",
  explanation: `a cluster has at most ${wholeNumber(MOST.machinesACluster)} machines (VMware's maximum for vSphere 8.0), with those of an emergency`,
  repair: "move a pool to another cluster",
  *check(city) {
    for (const { cluster, path, loads } of counted(city)) {
      const machines = machinesOf(loads);
      if (machines <= MOST.machinesACluster) continue;
      const most = wholeNumber(MOST.machinesACluster);
      yield { path, message: `${quoted(cluster.name)} has ${wholeNumber(machines)} machines, more than ${most}` };
    }
  },
};

/** After a failure the hosts that are left carry all machines. */
export const hostMachines: CityRule = {
  id: "host-machines",
  explanation:
    "the hosts of a cluster or host group that are left when tolerates of the cluster's fail, at least one, have each at most " +
    `${wholeNumber(MOST.machinesAHost)} machines, with those of an emergency; with a vSAN datastore ` +
    `${String(MOST_VSAN_MACHINES.osa)} (osa) or ${String(MOST_VSAN_MACHINES.esa)} (esa)`,
  repair: "add hosts, or move a pool to another cluster",
  *check(city) {
    for (const one of counted(city)) {
      yield* crowded(one, { ...one.cluster, path: one.path }, one.loads);
      for (const [index, group] of one.cluster.hostGroups.entries()) {
        const path = [...one.path.slice(0, -1), "hostGroups", index, "hosts"];
        yield* crowded(
          one,
          { ...group, path },
          one.loads.filter(({ hostGroup }) => hostGroup === group.name),
        );
      }
    }
  },
};

function crowded(
  { cluster, architectures }: Counted,
  { name, hosts, path }: { readonly name: string; readonly hosts: readonly string[]; readonly path: Path },
  loads: readonly Load[],
): Finding[] {
  const most = Math.min(MOST.machinesAHost, ...architectures.map((architecture) => MOST_VSAN_MACHINES[architecture]));
  const all = new Set(hosts).size;
  const left = Math.max(1, all - cluster.tolerates);
  const machines = machinesOf(loads);
  if (machines <= left * most) return [];
  const each = `${wholeNumber(Math.ceil(machines / left))} machines a host, more than ${wholeNumber(most)}`;
  return [{ path, message: `${quoted(name)} has ${each}, with ${String(left)} of ${String(all)} hosts` }];
}

function counted(city: DeclaredCity): Counted[] {
  const loads = loadsOf(withPromised(city));
  return city.platform.clusters.map((cluster, index) => ({
    cluster,
    path: ["platform", "clusters", index, "hosts"],
    loads: loads.filter((load) => load.cluster === cluster.name),
    architectures: city.platform.datastores.flatMap((datastore) =>
      datastore.cluster === cluster.name && datastore.vsan !== undefined ? [datastore.vsan.architecture] : [],
    ),
  }));
}

function machinesOf(loads: readonly Load[]): number {
  return loads.reduce((sum, { machines }) => sum + machines, 0);
}
