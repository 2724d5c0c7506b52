import type { DeployedCity } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { persistentNumbers } from "../environments/seats/machines";
import { shareOf, versionOf } from "../environments/seats/rollout";
import { seatName, seatNumbers } from "../environments/seats/seats";

/** Progress of a rollout. */
export interface RolloutProgress {
  /** The new version. */
  readonly to: string;
  /** State as in the file: canary, batch-1 and so on, promoted or rolled-back. */
  readonly state: string;
  /** Percent of the seats that have it. */
  readonly percent: number;
}

/** Change of a pool's image. */
export interface ImageChange {
  /** Name of the pool. */
  readonly pool: string;
  /** Number of seats by version now, without persistent seats. */
  readonly before: Readonly<Record<string, number>>;
  /** The same afterwards. */
  readonly after: Readonly<Record<string, number>>;
  /** The rollout afterwards; null without one. */
  readonly rollout: RolloutProgress | null;
  /** Seats whose machine is replaced from another version, by name; in the state canary these are the canaries. */
  readonly moved: readonly string[];
  /**
   * Number of persistent seats, whose machine keeps its image: those of a dedicated pool that are not listed under
   * `replace`.
   */
  readonly kept: number;
}

/** Compares the image version of each seat, by pool; pools without a change are left out. */
export function imageChanges(base: DeployedCity, wanted: DeployedCity): ImageChange[] {
  const before = new Map(base.pools.map((pool) => [pool.name, versions(base, pool)]));
  return wanted.pools.flatMap((pool) => {
    const [old, fresh] = [before.get(pool.name), versions(wanted, pool)];
    const moved = [...fresh].filter(([seat, version]) => (old?.get(seat) ?? version) !== version).map(([seat]) => seat);
    if (old === undefined || moved.length === 0) return [];
    return [
      {
        pool: pool.name,
        before: counted(old),
        after: counted(fresh),
        rollout: rolloutOf(pool),
        moved,
        kept: keptOf(pool),
      },
    ];
  });
}

function versions(city: DeployedCity, pool: Pool): Map<string, string> {
  const kept = persistentNumbers(pool);
  const names = seatNumbers(pool)
    .filter((number) => !kept(number))
    .map((number) => seatName(city.city.code, pool.code, number));
  return new Map(names.map((name) => [name, versionOf(pool, name)]));
}

function keptOf(pool: Pool): number {
  return seatNumbers(pool).filter(persistentNumbers(pool)).length;
}

function counted(versionsOfSeats: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const version of versionsOfSeats.values()) counts[version] = (counts[version] ?? 0) + 1;
  return counts;
}

function rolloutOf({ rollout }: Pool): RolloutProgress | null {
  return rollout === undefined ? null : { to: rollout.to, state: rollout.state, percent: shareOf(rollout) };
}
