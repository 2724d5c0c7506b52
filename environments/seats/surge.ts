import type { City, DeclaredCity, DeployedCity } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Surge } from "../model/surge";
import type { Path } from "../path";

/** Name of the pool of an emergency's seats, and so a part of their stacks' names. */
export function surgeName({ pool }: Pick<Surge, "pool">): string {
  return `${pool}-surge`;
}

/** The pool whose seats a pool of the emergency adds to; of any other pool its own name. */
export function poolAddedTo({ emergency }: Pick<City, "emergency">, pool: string): string {
  return emergency.surge.find((surge) => surgeName(surge) === pool)?.pool ?? pool;
}

/** The city as it is deployed while its emergency is active, whether it is or not; without what it hosts for others. */
export function duringEmergency(city: DeclaredCity): DeployedCity {
  const emergency = { ...city.emergency, active: true };
  return { ...city, kind: "deployed", emergency, pools: [...city.pools, ...surgePools({ ...city, emergency })] };
}

/** A pool of the emergency's seats, and the way to the surge that it is made from. */
export interface PlacedSurge {
  /** The pool. */
  readonly pool: Pool;
  /** The way to the surge. */
  readonly path: Path;
}

/**
 * The pools of the emergency's seats that run at home. While it is not active they are decommissioned: their stacks, folders
 * and roles are there, so that it adds nothing but machines, and its end takes just these.
 */
export function surgePools(city: DeclaredCity): Pool[] {
  return placedSurges(city).map(({ pool }) => pool);
}

/** The emergency's pools that run in another cluster than those whose seats they add to, in the order of the file. */
export function surgesElsewhere(city: DeclaredCity): PlacedSurge[] {
  return placedSurges(city).filter(({ elsewhere }) => elsewhere);
}

/**
 * What the pools of an emergency's seats have in common, at home or in another city: whoever comes gets one, nothing is said
 * of a single one, and they are there while it is active.
 */
export function emergencySeats(active: boolean): EmergencySeats {
  return {
    assignment: "floating",
    decommissioned: !active,
    antiAffinity: false,
    ...{ retired: [], replace: [], adopt: [], waves: [], flows: [] },
  };
}

type EmergencySeats = Pick<
  Pool,
  "assignment" | "decommissioned" | "antiAffinity" | "retired" | "replace" | "adopt" | "waves" | "flows"
>;

function placedSurges({ pools, emergency }: DeclaredCity): (PlacedSurge & { readonly elsewhere: boolean })[] {
  return emergency.surge.flatMap((surge, index) => {
    // What another city hosts is made from that one's file.
    if (surge.hostedBy !== undefined) return [];
    const pool = pools.find(({ name }) => name === surge.pool);
    if (pool === undefined) return [];
    const path = ["emergency", "surge", index];
    return [{ pool: surgePool(pool, surge, emergency.active), path, elsewhere: isElsewhere(pool, surge) }];
  });
}

/**
 * What the pool reaches, it reaches from their common segment. They are where the pool is, spread as it is, unless they have
 * a cluster of their own: a host group, a datastore and a spread are the pool's.
 */
function surgePool(pool: Pool, surge: Surge, active: boolean): Pool {
  const { code, seats, cluster } = surge;
  return {
    ...pool,
    ...(isElsewhere(pool, surge) && { cluster, datastore: undefined, hostGroup: undefined, spread: undefined }),
    name: surgeName(surge),
    ...{ code, seats, applications: [] },
    ...emergencySeats(active),
  };
}

function isElsewhere(pool: Pool, { cluster }: Surge): boolean {
  return cluster !== undefined && cluster !== pool.cluster;
}
