import type { City } from "../model/city";
import type { Pool } from "../model/desktops";
import { numbersIn, seatRange } from "../model/seat-numbers";
import { onceEach } from "../once";

const NUMBER_WIDTH = 4;
const SHARD_WIDTH = 2;

/** A part of a pool's seats that is deployed as one stack. */
export interface Shard {
  /** Its number, from 1; part of the stack's name. */
  readonly number: number;
  /** Names of its seats in the order of their numbers; empty where none is released or all were removed. */
  readonly seats: readonly string[];
  /** Names of its removed seats: retired ones, or all where the pool is decommissioned. */
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

/** The prefix of the names of all seats of a pool, and of no other pool: `mi-ana-`. */
export function seatPrefix(cityCode: string, poolCode: string): string {
  return `${cityCode}-${poolCode}-`;
}

/** The last part of the name of a shard's stack. It has two digits, so that stacks sort by number. */
export function shardName(pool: string, number: number): string {
  return `${pool}-${String(number).padStart(SHARD_WIDTH, "0")}`;
}

/** The number of shards of a pool: enough for its highest seat number. */
export function shardCount(seats: number, seatsPerStack: number): number {
  return Math.ceil(seats / seatsPerStack);
}

/** The fields of a pool that determine its seats' numbers. */
export type Numbered = Pick<Pool, "seats" | "retired" | "decommissioned" | "waves">;

/** The numbers of a pool's seats: 1 up to `seats`, those that are released and not removed; made once a pool. */
export const seatNumbers = onceEach((pool: Numbered): readonly number[] => {
  const released = releasedNumbers(pool);
  const gone = removedNumbers(pool);
  return numbersIn({ first: 1, last: pool.seats }).filter((number) => released(number) && !gone(number));
});

/** The same, to be asked for single ones. */
export const seatNumberSet = onceEach((pool: Numbered): ReadonlySet<number> => new Set(seatNumbers(pool)));

/** Whether a seat's wave is released; a pool without waves has released all. */
function releasedNumbers({ waves }: Numbered): (number: number) => boolean {
  if (waves.length === 0) return () => true;
  const ranges = waves.filter((wave) => wave.released).map(({ seats }) => seatRange(seats));
  return (number) => ranges.some(({ first, last }) => first <= number && number <= last);
}

/** Whether the seat of a number was removed: it is retired, or its pool decommissioned. */
export function removedNumbers({ retired, decommissioned }: Numbered): (number: number) => boolean {
  const gone = new Set(retired);
  return (number) => decommissioned || gone.has(number);
}

/**
 * The names of all seats that fit into a pool's stacks, whether such a seat exists or not: a list of these changes only when the
 * number of stacks does.
 */
export function seatsWithRoom({ city, platform }: City, pool: Pool): string[] {
  const last = shardCount(pool.seats, platform.seatsPerStack) * platform.seatsPerStack;
  return numbersIn({ first: 1, last }).map((number) => seatName(city.code, pool.code, number));
}

/**
 * A pool's seats in shards of at most `platform.seatsPerStack`. A seat's shard depends on its number alone, so growing the
 * pool or retiring a seat moves no other. Every shard up to the highest number is returned, also one without seats: without
 * its stack no plan would show its machines, and they would stay.
 */
export function shardsOf(city: City, pool: Pool): Shard[] {
  const { seatsPerStack } = city.platform;
  const there = seatNumberSet(pool);
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
