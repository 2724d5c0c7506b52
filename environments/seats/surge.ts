import type { City, DeclaredCity, DeployedCity } from "../model/city";
import type { Pool } from "../model/desktops";
import type { Surge } from "../model/surge";
import { onceEach } from "../once";
import type { Path } from "../path";

/** Name of the pool of an emergency's seats, which is part of their stacks' names: `anagrafe-surge`. */
export function surgeName({ pool }: Pick<Surge, "pool">): string {
  return `${pool}-surge`;
}

/** The pool whose seats a pool of the emergency adds to; of any other pool its own name. */
export function poolAddedTo({ emergency }: Pick<City, "emergency">, pool: string): string {
  return emergency.surge.find((surge) => surgeName(surge) === pool)?.pool ?? pool;
}

/** The city as it is deployed when its emergency is active, without the seats that it hosts for others; made once a city. */
export const duringEmergency = onceEach((city: DeclaredCity): DeployedCity => {
  const emergency = { ...city.emergency, active: true };
  return { ...city, kind: "deployed", emergency, pools: [...city.pools, ...surgePools({ ...city, emergency })] };
});

/** A pool of the emergency's seats, and the path of its surge in the file. */
export interface PlacedSurge {
  /** The pool. */
  readonly pool: Pool;
  /** Path of the surge in the file. */
  readonly path: Path;
}

/**
 * The pools of the emergency's seats that run in the city itself. While the emergency is not active they are decommissioned:
 * their stacks, folders and roles exist, and the emergency adds only machines, which its end removes.
 */
export function surgePools(city: DeclaredCity): Pool[] {
  return placedSurges(city).map(({ pool }) => pool);
}

/** The emergency's pools that run in another cluster than the pools that they add to, in the order of the file. */
export function surgesElsewhere(city: DeclaredCity): PlacedSurge[] {
  return placedSurges(city).filter(({ elsewhere }) => elsewhere);
}

/**
 * What all pools of an emergency's seats have in common, in the city itself or hosted: they are floating, have no settings for
 * single seats, and exist while the emergency is active.
 */
export function emergencySeats(active: boolean): EmergencySeats {
  return {
    assignment: "floating",
    decommissioned: !active,
    antiAffinity: false,
    growDisks: false,
    ...{ retired: [], replace: [], adopt: [], waves: [], flows: [] },
  };
}

type EmergencySeats = Pick<
  Pool,
  "assignment" | "decommissioned" | "antiAffinity" | "growDisks" | "retired" | "replace" | "adopt" | "waves" | "flows"
>;

function placedSurges({ pools, emergency }: DeclaredCity): (PlacedSurge & { readonly elsewhere: boolean })[] {
  return emergency.surge.flatMap((surge, index) => {
    // Hosted seats are made from the host's file: see hosting.ts.
    if (surge.hostedBy !== undefined) return [];
    const pool = pools.find(({ name }) => name === surge.pool);
    if (pool === undefined) return [];
    const path = ["emergency", "surge", index];
    return [{ pool: surgePool(pool, surge, emergency.active), path, elsewhere: isElsewhere(pool, surge) }];
  });
}

/**
 * It has the pool's segment, whose flows the pool opens already. It has the pool's places too, unless the surge names another
 * cluster: host group, datastore and spread belong to the pool's own clusters.
 */
function surgePool(pool: Pool, surge: Surge, active: boolean): Pool {
  const { code, seats, cluster } = surge;
  return {
    ...pool,
    ...(isElsewhere(pool, surge) && { cluster, datastore: undefined, hostGroup: undefined, spread: undefined }),
    name: surgeName(surge),
    ...{ code, seats, applications: [], power: undefined, idleDays: undefined, maintenance: undefined },
    ...emergencySeats(active),
  };
}

function isElsewhere(pool: Pool, { cluster }: Surge): boolean {
  return cluster !== undefined && cluster !== pool.cluster;
}
