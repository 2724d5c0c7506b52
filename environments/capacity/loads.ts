import { datastoreOf } from "../definition";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import { declaredWorkstation } from "../rules/declared";
import { seatNumbers } from "../seats";
import type { Unit } from "./resource";

/** Seats that pools have beside their own, by the pool's name; none of a pool that is not in it. */
export type ExtraSeats = ReadonlyMap<string, number>;

/** No pool has more than its own seats. */
export const NO_EXTRA_SEATS: ExtraSeats = new Map();

/** What one machine takes of the hosts and of a datastore. */
export type MachineSize = Readonly<Record<Exclude<Unit, "addresses">, number>>;

/** Machines of one size in one place. */
export interface Load {
  /** Name of the cluster that they run in. */
  readonly cluster: string;
  /** Name of the host group that they must run in. @default - any host of the cluster */
  readonly hostGroup?: string | undefined;
  /** Name of the datastore that holds their disks; undefined where the cluster has none, which a rule reports. */
  readonly datastore: string | undefined;
  /** How many they are. */
  readonly machines: number;
  /** What each takes. */
  readonly each: MachineSize;
}

/** How many machines a pool has, with its extra seats: none of its own when it is decommissioned. */
export function machinesOfPool(pool: Pool, extraSeats: ExtraSeats): number {
  return seatNumbers(pool).length + (extraSeats.get(pool.name) ?? 0);
}

/** Every machine that a city's file makes: the pools' seats and the gateways. */
export function loadsOf(city: City, extraSeats: ExtraSeats): Load[] {
  return [...city.pools.flatMap((pool) => poolLoad(city, pool, extraSeats)), ...gatewayLoads(city)];
}

/** What machines take together of one thing. */
export function demandOf(loads: readonly Load[], unit: keyof MachineSize): number {
  return loads.reduce((sum, { machines, each }) => sum + machines * each[unit], 0);
}

/** None where the workstation is not declared, which another rule reports. */
function poolLoad(city: City, pool: Pool, extraSeats: ExtraSeats): Load[] {
  const each = declaredWorkstation(city, pool.workstation);
  if (each === undefined) return [];
  const { cluster, hostGroup } = pool;
  const machines = machinesOfPool(pool, extraSeats);
  return [{ cluster, hostGroup, datastore: datastoreOf(city, pool), machines, each }];
}

function gatewayLoads(city: City): Load[] {
  const { gateway } = city.network;
  if (gateway === undefined) return [];
  return gateway.clusters.map((cluster) => ({
    cluster,
    datastore: datastoreOf(city, { cluster }),
    machines: 1,
    each: gateway,
  }));
}
