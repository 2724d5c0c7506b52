import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import { numbersIn, seatRange } from "../model/seat-numbers";

const NUMBER_WIDTH = 4;
const SHARD_WIDTH = 2;

/** A bounded part of a pool's seats that is deployed as one stack. */
export interface Shard {
  /** 1 for the first shard; part of the stack's name. */
  readonly number: number;
  /** Names of its seats, in the order of their numbers; none where none is released or all were given up. */
  readonly seats: readonly string[];
  /** Names of the seats of this shard that were given up: retired, or all of them where the pool is decommissioned. */
  readonly removed: readonly string[];
}

/**
 * The name of a seat, which is the machine's name in vCenter and the computer's name in the directory.
 * It depends on nothing but its arguments, so it never changes when other seats come or go.
 * @example seatName("mi", "ana", 17) // "mi-ana-0017"
 */
export function seatName(cityCode: string, poolCode: string, number: number): string {
  return `${seatPrefix(cityCode, poolCode)}${String(number).padStart(NUMBER_WIDTH, "0")}`;
}

/** The number of a seat by its name: 17 of `mi-ana-0017`. */
export function seatNumber(name: string): number {
  return Number(name.slice(name.lastIndexOf("-") + 1));
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

/** What the numbers of a pool's seats follow from. */
export type Numbered = Pick<Pool, "seats" | "retired" | "decommissioned" | "waves">;

/** The numbers of a pool's seats: 1 up to `seats`, released and not given up. */
export function seatNumbers(pool: Numbered): number[] {
  const released = releasedNumbers(pool);
  const gone = removedNumbers(pool);
  return numbersIn({ first: 1, last: pool.seats }).filter((number) => released(number) && !gone(number));
}

/** Whether a seat's wave is released; a pool without waves has released all. */
function releasedNumbers({ waves }: Numbered): (number: number) => boolean {
  if (waves.length === 0) return () => true;
  const ranges = waves.filter((wave) => wave.released).map(({ seats }) => seatRange(seats));
  return (number) => ranges.some(({ first, last }) => first <= number && number <= last);
}

/** Whether a seat was given up: retired, or its pool decommissioned. */
export function removedNumbers({ retired, decommissioned }: Numbered): (number: number) => boolean {
  const gone = new Set(retired);
  return (number) => decommissioned || gone.has(number);
}

/**
 * The names of all seats for which a pool's stacks have room, whether there is such a seat or not: so that what names them changes
 * with the number of stacks only.
 */
export function seatsWithRoom({ city, platform }: City, pool: Pool): string[] {
  const last = shardCount(pool.seats, platform.seatsPerStack) * platform.seatsPerStack;
  return numbersIn({ first: 1, last }).map((number) => seatName(city.code, pool.code, number));
}

/**
 * A pool's seats in shards of at most `platform.seatsPerStack`. A seat's shard follows from its number alone: it stays
 * where it is when the pool grows or another seat is retired. Every shard up to the highest number is there, if need be
 * without seats: the machines of a stack that the file no longer gave would be left behind, for no plan would show them.
 */
export function shardsOf(city: City, pool: Pool): Shard[] {
  const { seatsPerStack } = city.platform;
  const there = new Set(seatNumbers(pool));
  const gone = removedNumbers(pool);
  const names = (numbers: number[]): string[] => numbers.map((number) => seatName(city.city.code, pool.code, number));
  return Array.from({ length: shardCount(pool.seats, seatsPerStack) }, (_, index) => {
    const first = index * seatsPerStack + 1;
    const numbers = numbersIn({ first, last: Math.min(pool.seats, first + seatsPerStack - 1) });
    return {
      number: index + 1,
      seats: names(numbers.filter((number) => there.has(number))),
      removed: names(numbers.filter(gone)),
    };
  });
}
