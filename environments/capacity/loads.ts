import type { AccessMachines } from "../model/access";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Workstation } from "../model/workstation";
import { onceEach } from "../once";
import { declaredImage, declaredWorkstation } from "../rules/helpers/declared";
import { gatewayDatastore, gatewayPairs } from "../network/gateway-pairs";
import { gatewaySize } from "../network/gateway-size";
import { seatsByPlace } from "../seats/places";
import type { Unit } from "./resource";

/** Resources of one machine. */
export type MachineSize = Readonly<Record<Exclude<Unit, "vgpus" | "addresses">, number>>;

/** Machines of one size in one place. */
export interface Load {
  /** Name of the pool. @default - none: they are gateways */
  readonly pool?: string;
  /** Name of their cluster. */
  readonly cluster: string;
  /** Name of their host group. @default - none: any host of the cluster */
  readonly hostGroup?: string | undefined;
  /** vGPU profile of each. @default - none */
  readonly vgpuProfile?: string | undefined;
  /** Name of the datastore of their disks; undefined where the cluster has none, which a rule reports. */
  readonly datastore: string | undefined;
  /** Number of machines. */
  readonly machines: number;
  /** Resources of each. */
  readonly each: MachineSize;
  /** Disks of each, in GiB. */
  readonly disksGib: readonly number[];
}

/** All machines of a city's file: the pools' seats, the gateways and the access machines; made once a city. */
export const loadsOf = onceEach((city: City): readonly Load[] => [
  ...city.pools.flatMap((pool) => poolLoad(city, pool)),
  ...gatewayLoads(city),
  ...accessLoads(city),
]);

/** Total demand of machines for one resource. */
export function demandOf(loads: readonly Load[], unit: keyof MachineSize): number {
  return loads.reduce((sum, { machines, each }) => sum + machines * each[unit], 0);
}

/** Empty where the workstation is not declared, which another rule reports. */
function poolLoad(city: City, pool: Pool): Load[] {
  const workstation = declaredWorkstation(city, pool.workstation);
  if (workstation === undefined) return [];
  const { hostGroup } = pool;
  const vgpuProfile = declaredImage(city, pool.workstation)?.image.vgpuProfile;
  const disksGib = disksOf(workstation);
  return seatsByPlace(city, pool).map(({ place: { cluster, datastore }, seats }) => ({
    ...{ pool: pool.name, cluster, hostGroup, vgpuProfile, datastore, disksGib },
    each: sizeOf(workstation, pool.clone === "linked" ? linkedShareOf(city, datastore) : 1),
    machines: seats,
  }));
}

/** @param share the part of its system disk that a machine is counted with: what it shares is the template's */
function sizeOf({ cpus, memoryGib, diskGib, dataDiskGib = 0 }: Workstation, share: number): MachineSize {
  return { cpus, memoryGib, diskGib: Math.ceil(diskGib * share) + dataDiskGib };
}

function disksOf({ diskGib, dataDiskGib }: Workstation): number[] {
  return dataDiskGib === undefined ? [diskGib] : [diskGib, dataDiskGib];
}

function linkedShareOf({ platform }: City, datastore: string | undefined): number {
  return platform.datastores.find(({ name }) => name === datastore)?.linkedShare ?? 1;
}

/** A gateway's CPUs are reserved, so each takes a whole core, as many virtual CPUs as the cluster has on one. */
function gatewayLoads(city: City): Load[] {
  return gatewayPairs(city).flatMap((pair) =>
    pairLoads(city, pair, gatewaySize(city, pair), (cluster) => overcommitOf(city, cluster)),
  );
}

/** Half a clock of theirs is reserved, and desktops' CPUs have the rest. */
function accessLoads(city: City): Load[] {
  const { machines } = city.access ?? {};
  return machines === undefined ? [] : pairLoads(city, machines, machines, () => 1);
}

function pairLoads(
  city: City,
  { clusters, diskGib }: Pick<AccessMachines, "clusters" | "diskGib">,
  { cpus, memoryGib }: Pick<AccessMachines, "cpus" | "memoryGib">,
  coresACpu: (cluster: string) => number,
): Load[] {
  return clusters.map((cluster) => ({
    cluster,
    datastore: gatewayDatastore(city, cluster),
    machines: 1,
    each: { cpus: cpus * coresACpu(cluster), memoryGib, diskGib },
    disksGib: [diskGib],
  }));
}

function overcommitOf({ platform }: City, cluster: string): number {
  return platform.clusters.find(({ name }) => name === cluster)?.cpuOvercommit ?? 1;
}
