import type { ResourcePoolConfig } from "@cdktf/provider-vsphere/lib/resource-pool";

const MIB_PER_GIB = 1024;
/** vSphere Resource Management, "Resource Allocation Shares": what the level normal gives a machine for each virtual CPU. */
const SHARES_A_CPU = 1000;
/** The same table: for each megabyte of its memory. */
const SHARES_A_MIB = 10;
/**
 * vSphere's API keeps shares in a signed 32-bit number (`SharesInfo`), and no document names a smaller bound. vSphere's own
 * scalable shares come to four times as many for the same machines (D. Epping, "vSphere 7 and DRS Scalable Shares, how are
 * they calculated?", 2020).
 */
const MOST_SHARES = 2 ** 31 - 1;

/** What the machines of a resource pool have together. */
export interface MachineTotals {
  /** Virtual CPUs. */
  readonly cpus: number;
  /** Memory, in GiB. */
  readonly memoryGib: number;
}

type Shares = Pick<ResourcePoolConfig, "cpuShareLevel" | "cpuShares" | "memoryShareLevel" | "memoryShares">;

/**
 * A resource pool's shares: as many as its machines would have beside it, each of the level normal. By itself a resource pool
 * counts as one machine of four CPUs and 16 GB (4,000 and 163,840 shares), whatever it holds: where CPUs or memory are short,
 * ten machines would get as much together as a thousand.
 */
export function resourceShares({ cpus, memoryGib }: MachineTotals): Shares {
  return {
    cpuShareLevel: "custom",
    cpuShares: bounded(cpus * SHARES_A_CPU),
    memoryShareLevel: "custom",
    memoryShares: bounded(memoryGib * MIB_PER_GIB * SHARES_A_MIB),
  };
}

/** An empty resource pool keeps one share, which nobody uses. */
function bounded(shares: number): number {
  return Math.min(Math.max(1, Math.round(shares)), MOST_SHARES);
}
