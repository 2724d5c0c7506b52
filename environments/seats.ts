import type { City } from "./model/city";
import type { Pool } from "./model/desktops";

const NUMBER_WIDTH = 4;
const SHARD_WIDTH = 2;

/** A bounded part of a pool's seats that is deployed as one stack. */
export interface Shard {
  /** 1 for the first shard; part of the stack's name. */
  readonly number: number;
  /** Names of its seats, in the order of their numbers; none where all are retired or the pool is decommissioned. */
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

/** The last part of the name of a shard's stack. Two digits, so that a listing of stacks is in order. */
export function shardName(pool: string, number: number): string {
  return `${pool}-${String(number).padStart(SHARD_WIDTH, "0")}`;
}

/** How many shards a pool has: enough for the highest seat number that was issued. */
export function shardCount(seats: number, seatsPerStack: number): number {
  return Math.ceil(seats / seatsPerStack);
}

/** The numbers of a pool's seats: 1 up to `seats`, without the retired ones; none of a decommissioned pool. */
export function seatNumbers(pool: Pick<Pool, "seats" | "retired" | "decommissioned">): number[] {
  if (pool.decommissioned) return [];
  const retired = new Set(pool.retired);
  return Array.from({ length: pool.seats }, (_, index) => index + 1).filter((number) => !retired.has(number));
}

/**
 * A pool's seats in shards of at most `platform.seatsPerStack`. A seat's shard follows from its number alone: it stays
 * where it is when the pool grows or another seat is retired. Every shard up to the highest number is there, if need be
 * without seats: the machines of a stack that the file no longer gave would be left behind, for no plan would show them.
 */
export function shardsOf(city: City, pool: Pool): Shard[] {
  const { seatsPerStack } = city.platform;
  const shards = Array.from({ length: shardCount(pool.seats, seatsPerStack) }, (): string[] => []);
  for (const number of seatNumbers(pool)) {
    shards[Math.floor((number - 1) / seatsPerStack)]?.push(seatName(city.city.code, pool.code, number));
  }
  return shards.map((seats, index) => ({ number: index + 1, seats }));
}
