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

/** What the city has of a datastore. */
export interface StoreSpace {
  /** Space for machines' disks, in GiB: what is free, with that of the desktops that are there. */
  readonly gib: number;
  /** How many times that its desktops may have together. @default - more than the file allows */
  readonly overcommit?: number | undefined;
}

/** Of vSAN, which tells its size before mirrors, half: its default policy makes one. */
export function storeSpace(store: DraftStore, { pools, workstations }: DraftPools): StoreSpace {
  const disks = pools.reduce((total, { datastore, workstation, seats }) => {
    const kind = workstations.find((one) => one.name === workstation);
    return total + (datastore === store.name ? (kind?.diskGib ?? 0) * seats.length : 0);
  }, 0);
  const copies = isVsan(store) ? 2 : 1;
  const gib = Math.max(1, Math.floor(Math.min(store.capacityGib, store.freeGib + disks * copies) / copies));
  const ratio = Math.max(1, roundedUp(disks / gib));
  return { gib, overcommit: ratio <= MOST_DISKS ? ratio : undefined };
}

/** Whether a datastore is vSAN's. */
export function isVsan({ type }: DraftStore): boolean {
  return type.toLowerCase() === "vsan";
}

function smallest(hosts: SiteCluster["hosts"], key: "cores" | "memoryGib"): number {
  return Math.min(...hosts.map((host) => host[key]));
}

function roundedUp(ratio: number): number {
  return Math.ceil(ratio * TENTHS) / TENTHS;
}
