import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import { onceEach } from "../once";
import { currentAssignments } from "../seats/assignments";
import { seatName, seatNumbers } from "../seats/seats";
import { poolAddedTo } from "../seats/surge";

/** The seats of a pool as people reach them. */
export interface ReachedPool {
  /** Name of the pool. */
  readonly pool: string;
  /** Whether a seat is one person's, or whoever comes gets a free one. */
  readonly assignment: Pool["assignment"];
  /** How long a floating seat is kept for who left it, in minutes. */
  readonly returnMinutes: number;
  /** The directory's group whose members may use it. @default - the file names none */
  readonly entitledGroup?: string | undefined;
  /** Names of its seats that are there, in the order of their numbers. */
  readonly seats: readonly string[];
  /** Its seats by the staff number of who holds them on the file's day; empty of a floating pool. */
  readonly holders: ReadonlyMap<string, string>;
}

/** A name that people's clients ask for, and what they get: their own seat, or else a free one. */
export interface ListeningName {
  readonly name: string;
  /** Its pools in the order of the file: an emergency's seats after those that they add to. */
  readonly pools: readonly ReachedPool[];
}

/** The name by which people ask for a pool: of an emergency's seats, that of the pool that they add to. */
export function listeningName(city: City, { name, accessName }: Pick<Pool, "name" | "accessName">): string {
  return accessName ?? poolAddedTo(city, name);
}

/** What people can ask for in a city, in the order of its file; made once a city. Pools without seats are not there. */
export const listeningNames: (city: City) => readonly ListeningName[] = onceEach((city: City) => {
  const names = new Map<string, ReachedPool[]>();
  for (const pool of city.pools) {
    const reached = reachedPool(city, pool);
    const name = listeningName(city, pool);
    if (reached.seats.length > 0) names.set(name, [...(names.get(name) ?? []), reached]);
  }
  return [...names].map(([name, pools]) => ({ name, pools }));
});

function reachedPool(city: City, pool: Pool): ReachedPool {
  const seats = seatNumbers(pool).map((number) => seatName(city.city.code, pool.code, number));
  const current = currentAssignments(city);
  const held = pool.assignment === "floating" ? [] : seats.flatMap((seat) => current.get(seat) ?? []);
  return {
    pool: pool.name,
    assignment: pool.assignment,
    returnMinutes: pool.returnMinutes,
    entitledGroup: pool.entitledGroup,
    seats,
    holders: new Map(held.map(({ staff, seat }) => [staff, seat])),
  };
}

/** A seat's name in DNS, by which the access machines know its address; a rule wants the domain where there are any. */
export function seatHost({ city }: Pick<City, "city">, seat: string): string {
  return city.domain === undefined ? seat : `${seat}.${city.domain}`;
}
