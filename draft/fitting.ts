import type { DraftPools } from "./pools";
import type { SiteCluster } from "./site";
import type { DraftStore } from "./stores";

/** Virtual CPUs a core that the file allows where it says nothing, and the most; of a datastore the most. */
const [USUAL_CPUS, MOST_CPUS, MOST_DISKS] = [6, 32, 4];
const TENTHS = 10;

/** What desktops that run today take, held against the rules on capacity. */
export interface ClusterFit {
  /** Cores of the smallest host. */
  readonly hostCores: number;
  /** Whole GiB of the smallest host. */
  readonly hostMemoryGib: number;
  /** Hosts that may fail: none of one. @default - as many as usual */
  readonly tolerates?: number | undefined;
  /** Where more is taken than usual. @default - not more */
  readonly cpuOvercommit?: number | undefined;
  /** Whether the rule on CPUs, and on memory, holds. */
  readonly cpusFit: boolean;
  readonly memoryFits: boolean;
}

/** How a cluster's desktops fit its hosts, when one of them fails. */
export function clusterFit({ name, hosts }: SiteCluster, { pools, workstations }: DraftPools): ClusterFit {
  const [hostCores, hostMemoryGib] = [smallest(hosts, "cores"), Math.floor(smallest(hosts, "memoryGib"))];
  const left = Math.max(1, hosts.length - 1);
  const own = pools.filter(({ cluster }) => cluster === name);
  const sum = (key: "cpus" | "memoryGib"): number =>
    own.reduce((total, { workstation, seats }) => {
      const kind = workstations.find((one) => one.name === workstation);
      return total + (kind?.[key] ?? 0) * seats.length;
    }, 0);
  const ratio = roundedUp(sum("cpus") / (left * hostCores));
  return {
    ...{ hostCores, hostMemoryGib, tolerates: hosts.length === 1 ? 0 : undefined },
    cpuOvercommit: ratio > USUAL_CPUS && ratio <= MOST_CPUS ? ratio : undefined,
    cpusFit: ratio <= MOST_CPUS,
    memoryFits: sum("memoryGib") <= left * hostMemoryGib,
  };
}

/** How many times its size a datastore's desktops may have together; undefined where that is more than the file allows. */
export function storeOvercommit(
  { name, capacityGib }: DraftStore,
  { pools, workstations }: DraftPools,
): number | undefined {
  const disks = pools.reduce((total, { datastore, workstation, seats }) => {
    const kind = workstations.find((one) => one.name === workstation);
    return total + (datastore === name ? (kind?.diskGib ?? 0) * seats.length : 0);
  }, 0);
  const ratio = Math.max(1, roundedUp(disks / Math.floor(capacityGib)));
  return ratio <= MOST_DISKS ? ratio : undefined;
}

function smallest(hosts: SiteCluster["hosts"], key: "cores" | "memoryGib"): number {
  return Math.min(...hosts.map((host) => host[key]));
}

function roundedUp(ratio: number): number {
  return Math.ceil(ratio * TENTHS) / TENTHS;
}
