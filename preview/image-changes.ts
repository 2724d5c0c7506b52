import type { DeployedCity } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { persistentNumbers } from "../environments/seats/machines";
import { shareOf, versionOf } from "../environments/seats/rollout";
import { seatName, seatNumbers } from "../environments/seats/seats";

/** How far a new version of an image has come. */
export interface RolloutProgress {
  /** The version that comes. */
  readonly to: string;
  /** As the file has it: canary, batch-1 and so on, promoted or rolled-back. */
  readonly state: string;
  /** Percent of the seats that have it. */
  readonly percent: number;
}

/** How a pool's image moves. */
export interface ImageChange {
  /** Name of the pool. */
  readonly pool: string;
  /** How many seats are made from each version now, by version; without those that stay as they are. */
  readonly before: Readonly<Record<string, number>>;
  /** The same afterwards. */
  readonly after: Readonly<Record<string, number>>;
  /** The rollout afterwards, and to how many percent of the seats it has come; null where there is none. */
  readonly rollout: RolloutProgress | null;
  /** Seats whose machine is made anew from another version, by name; in a canary's state these are the canaries. */
  readonly moved: readonly string[];
  /** How many seats stay as they are whatever the image: those of a dedicated pool that are not listed under `replace`. */
  readonly kept: number;
}

/** Compares from which version of its image each seat is made, pool by pool; pools whose seats stay with theirs are left out. */
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
