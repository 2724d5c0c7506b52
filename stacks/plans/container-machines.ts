import type { MachineTotals } from "../../constructs/desktops";
import { loadsOf } from "../../environments/capacity/loads";
import type { Load } from "../../environments/capacity/loads";
import type { DeployedCity } from "../../environments/model/city";
import type { PlannedGateway } from "./gateway-machines";

/** Steps between a number and its double, and the smallest step. */
const [STEPS, LEAST_STEP] = [8, 16];

/** What the machines of each pool and each gateway have together, by its name and then by cluster. */
export type ContainerMachines = ReadonlyMap<string, ReadonlyMap<string, MachineTotals>>;

/**
 * The machines that the shares of resource pools follow. Seats count in steps, so that most changes of seats change no
 * resource pool: the foundation is deployed seldom. Pools without machines count as if they had them: so an emergency is
 * prepared, and a pool that is given up changes nothing more. Without a cluster that shares by itself.
 */
export function containerMachines(city: DeployedCity, gateways: readonly PlannedGateway[]): ContainerMachines {
  const pools = city.pools.map((pool) => ({ ...pool, decommissioned: false }));
  const scaling = new Set(city.platform.clusters.flatMap(({ name, scalableShares }) => (scalableShares ? [name] : [])));
  const containers = new Map<string, Map<string, MachineTotals>>();
  const add = (container: string, cluster: string, totals: MachineTotals): void => {
    if (scaling.has(cluster) || totals.cpus === 0) return;
    containers.set(container, (containers.get(container) ?? new Map<string, MachineTotals>()).set(cluster, totals));
  };
  for (const load of inClusters(loadsOf({ ...city, pools }))) add(load.pool, load.cluster, ofSeats(load));
  for (const gateway of gateways) add(gateway.part, gateway.cluster, ofGateway(city, gateway));
  return containers;
}

type PoolLoad = Load & { readonly pool: string };

/** Of each pool one load a cluster, however many datastores it has there; without the gateways'. */
function inClusters(loads: readonly Load[]): PoolLoad[] {
  const merged = new Map<string, PoolLoad>();
  for (const { pool, ...load } of loads) {
    if (pool === undefined) continue;
    const key = JSON.stringify([pool, load.cluster]);
    merged.set(key, { ...load, pool, machines: load.machines + (merged.get(key)?.machines ?? 0) });
  }
  return [...merged.values()];
}

function ofSeats({ machines, each }: Load): MachineTotals {
  const counted = steppedUp(machines);
  return { cpus: counted * each.cpus, memoryGib: counted * each.memoryGib };
}

/** A gateway gets a whole core for each CPU, also where as many desktops' CPUs as the cluster allows ask for the same. */
function ofGateway({ platform }: DeployedCity, { cluster, machine }: PlannedGateway): MachineTotals {
  const overcommit = platform.clusters.find(({ name }) => name === cluster)?.cpuOvercommit ?? 1;
  return { cpus: machine.cpus * Math.max(1, overcommit), memoryGib: machine.memoryGib };
}

/**
 * The next of eight steps between a power of two and its double, or of steps of 16: less than 16 or an eighth more than the
 * count. 1,450 seats count as 1,536, and so do 1,409 to 1,536; 1 to 16 count as 16.
 */
export function steppedUp(count: number): number {
  const step = Math.max(LEAST_STEP, 2 ** Math.floor(Math.log2(Math.max(1, count - 1))) / STEPS);
  return Math.ceil(count / step) * step;
}
