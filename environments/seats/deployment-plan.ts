import type { DeclaredCity } from "../model/city";
import type { Pool } from "../model/desktops";
import { listedNumbers } from "../model/seat-numbers";
import { removedNumbers, seatName, seatNumbers } from "./seats";

/** A part of the deployment plan: a wave of a pool, or all of a pool without waves. */
export interface PlannedPart {
  /** Id of the directorate whose people get the seats; null for the city as a whole. */
  readonly directorate: string | null;
  /** Name of the pool. */
  readonly pool: string;
  /** Id of the wave. @default - the pool has none */
  readonly wave?: string;
  /** Year of the work site. @default - the pool has no waves */
  readonly workSite?: number;
  /** Names of the planned seats, without removed ones. */
  readonly planned: readonly string[];
  /** Names of the released ones among them: they are deployed, or the next deployment deploys them. */
  readonly released: readonly string[];
}

/** The deployment plan of a checked city, in the order of the file. */
export function deploymentPlan(city: DeclaredCity): PlannedPart[] {
  return city.pools.flatMap((pool) => {
    const released = new Set(seatNumbers(pool));
    const names = (numbers: Iterable<number>): string[] =>
      [...numbers].map((number) => seatName(city.city.code, pool.code, number));
    return parts(pool).map(({ numbers, ...part }) => ({
      ...part,
      planned: names(numbers),
      released: names(numbers.filter((number) => released.has(number))),
    }));
  });
}

type Part = Pick<PlannedPart, "directorate" | "pool" | "wave" | "workSite"> & { readonly numbers: readonly number[] };

function parts(pool: Pool): Part[] {
  const { name, directorate = null, waves, seats } = pool;
  const gone = removedNumbers(pool);
  const left = (range: string): number[] => [...listedNumbers([range])].filter((number) => !gone(number));
  if (waves.length === 0) return [{ directorate, pool: name, numbers: left(`1-${String(seats)}`) }];
  return waves.map((wave) => ({
    directorate,
    pool: name,
    wave: wave.id,
    workSite: wave.workSite,
    numbers: left(wave.seats),
  }));
}
