import type { SupportPlace } from "../../access/vsphere/support-duties";
import { MEMBERS } from "../../segmentation/gateway";
import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import type { SupportRole } from "../model/support";
import { accessPair, accessPart } from "../desktop-access/access-pair";
import { gatewayPart } from "../network/gateway-names";
import { gatewayDatastore, gatewayPairs, legsOf } from "../network/gateway-pairs";
import { isStorageCluster, placesOf } from "../seats/places";

/** An object of a city's vCenter that permissions of assistance are on. */
export interface SupportObject {
  /** What it is. The folder of machines is the city's, a directorate's, a pool's or a gateway's. */
  readonly kind: "city" | "directorate" | "container" | "storage-cluster" | Exclude<SupportPlace, "machines">;
  /** Its name: the city's id, a directorate's, a pool or gateway, a datastore, a cluster or a segment. */
  readonly name: string;
}

/** Objects of a city's vCenter, by their kind. */
export type SupportScope = Readonly<Record<SupportPlace, readonly SupportObject[]>>;

/** What `on` names the gateways with, and the access machines, which are made as they are. */
export const GATEWAYS = "gateways";

/** The names of one kind in a role's `on`, in its order: of pools, or the ids of directorates. */
export function namedOn(on: readonly string[], kind: "pool" | "directorate"): string[] {
  return on.flatMap((item) => (item.startsWith(`${kind}:`) ? [item.slice(kind.length + 1)] : []));
}

/** The pools that a role is for, and what they are on; a pool of a directorate that it is for has no permission of its own. */
export function scopeOf(city: City, { on }: Pick<SupportRole, "on">): SupportScope {
  const { directorates, pools } = namedIn(city, on);
  const within = ({ directorate }: Pool): boolean => directorate !== undefined && directorates.includes(directorate);
  const loose = pools.filter((pool) => !within(pool));
  const all = city.pools.filter((pool) => within(pool) || loose.includes(pool));
  return {
    machines: [...objects("directorate", directorates), ...objects("container", namesOf(loose))],
    "resource-pool": objects("resource-pool", namesOf(all)),
    datastore: storage(
      city,
      all.flatMap((pool) => placesOf(city, pool).flatMap(({ datastore }) => datastore ?? [])),
    ),
    cluster: objects(
      "cluster",
      all.flatMap((pool) => placesOf(city, pool).map(({ cluster }) => cluster)),
    ),
    "port-group": objects(
      "port-group",
      ownSegments(
        city,
        all.map(({ segment }) => segment),
      ),
    ),
  };
}

/** The gateways and access machines, if a role is for them too, and what they are on. */
export function gatewayScope(city: City, { on }: Pick<SupportRole, "on">): SupportScope {
  const isMeant = on === undefined || on.includes(GATEWAYS);
  const pairs = isMeant ? gatewayPairs(city) : [];
  const access = isMeant ? accessPair(city) : undefined;
  const clusters = [...pairs, ...(access === undefined ? [] : [access])].flatMap((pair) => [...pair.clusters]);
  const parts = [
    ...pairs.flatMap((pair) => MEMBERS.map((member) => gatewayPart(pair, member))),
    ...(access === undefined ? [] : MEMBERS.map(accessPart)),
  ];
  return {
    machines: objects("container", parts),
    "resource-pool": objects("resource-pool", parts),
    datastore: objects(
      "datastore",
      clusters.flatMap((cluster) => gatewayDatastore(city, cluster) ?? []),
    ),
    cluster: objects("cluster", clusters),
    "port-group": objects(
      "port-group",
      ownSegments(city, [
        ...pairs.flatMap((pair) => legsOf(city, pair).map(({ name }) => name)),
        ...(access === undefined ? [] : [access.segment.name]),
      ]),
    ),
  };
}

function namedIn(city: City, on: SupportRole["on"]): { directorates: string[]; pools: Pool[] } {
  if (on === undefined)
    return {
      directorates: city.directorates.map(({ id }) => id),
      pools: city.pools.filter(({ directorate }) => directorate === undefined),
    };
  const pools = namedOn(on, "pool");
  return { directorates: namedOn(on, "directorate"), pools: city.pools.filter(({ name }) => pools.includes(name)) };
}

/** The network team keeps the port groups of external segments: the city gives nobody permissions on them. */
function ownSegments({ network }: City, names: readonly string[]): string[] {
  return network.segments.filter(({ name, external }) => !external && names.includes(name)).map(({ name }) => name);
}

/** Single datastores, and storage clusters, which are folders of them. */
function storage(city: City, names: readonly string[]): SupportObject[] {
  return [...new Set(names)].map((name) => ({
    kind: isStorageCluster(city, name) ? "storage-cluster" : "datastore",
    name,
  }));
}

function objects(kind: SupportObject["kind"], names: readonly string[]): SupportObject[] {
  return [...new Set(names)].map((name) => ({ kind, name }));
}

function namesOf(pools: readonly Pool[]): string[] {
  return pools.map(({ name }) => name);
}
