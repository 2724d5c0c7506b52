import type { City } from "./model/city";
import type { Pool } from "./model/desktops";

const NUMBER_WIDTH = 4;

/** A bounded part of a pool's seats that is deployed as one stack. */
export interface Shard {
  /** 1 for the first shard; part of the stack's name. */
  readonly number: number;
  /** Names of its seats, in the order of their numbers; at least one. */
  readonly seats: readonly string[];
}

/**
 * The name of a seat, which is the machine's name in vCenter and the computer's name in the directory.
 * It depends on nothing but its arguments, so it never changes when other seats come or go.
 * @example seatName("mi", "ana", 17) // "mi-ana-0017"
 */
export function seatName(cityCode: string, poolCode: string, number: number): string {
  return `${seatPrefix(cityCode, poolCode)}${String(number).padStart(NUMBER_WIDTH, "0")}`;
}

/** What the names of all seats of a pool begin with, and of no other pool's: `mi-ana-`. */
export function seatPrefix(cityCode: string, poolCode: string): string {
  return `${cityCode}-${poolCode}-`;
}

/** The numbers of a pool's seats: 1 up to `seats`, without the retired ones. */
export function seatNumbers(pool: Pick<Pool, "seats" | "retired">): number[] {
  const retired = new Set(pool.retired);
  return Array.from({ length: pool.seats }, (_, index) => index + 1).filter((number) => !retired.has(number));
}

/**
 * A pool's seats in shards of at most `platform.seatsPerStack`. A seat's shard follows from its number alone: it stays
 * where it is when the pool grows or another seat is retired. A shard whose seats are all retired is left out.
 */
export function shardsOf(city: City, pool: Pool): Shard[] {
  const shards = new Map<number, string[]>();
  for (const number of seatNumbers(pool)) {
    const shard = Math.ceil(number / city.platform.seatsPerStack);
    const seats = shards.get(shard) ?? [];
    seats.push(seatName(city.city.code, pool.code, number));
    shards.set(shard, seats);
  }
  return [...shards].map(([number, seats]) => ({ number, seats }));
}
