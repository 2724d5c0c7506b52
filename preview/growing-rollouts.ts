import type { DeployedCity } from "../environments/model/city";
import type { Rollout } from "../environments/model/rollout";
import { persistentNumbers } from "../environments/seats/machines";
import { versionOf } from "../environments/seats/rollout";
import { seatNumber, shardsOf } from "../environments/seats/seats";
import type { Approval } from "./approval";
import { stacksOf } from "./seat-changes";

/** A rollout that a deployment takes further. */
export interface GrowingRollout {
  readonly pool: string;
  readonly rollout: Rollout;
  /** The stacks in which seats get its version. */
  readonly stacks: readonly string[];
  /** Names of the seats that have its version from deployments before. */
  readonly earlier: readonly string[];
}

const KEY = /\["([^"]+)"\]$/;

/** The rollouts of a city of which an approved deployment gives the new version to more seats; not those that begin by it. */
export function growingRollouts(city: DeployedCity, { stacks }: Pick<Approval, "stacks">): GrowingRollout[] {
  return city.pools.flatMap((pool) => {
    const { rollout } = pool;
    if (rollout === undefined) return [];
    const kept = persistentNumbers(pool);
    const seats = shardsOf(city, pool).flatMap((shard) => shard.seats);
    const having = seats.filter((seat) => !kept(seatNumber(seat)) && versionOf(pool, seat) === rollout.to);
    const changed = new Map(stacksOf(city, pool).map((stack) => [stack, seatsMade(stacks[stack])]));
    const now = new Set([...changed.values()].flatMap((made) => [...made]));
    const growing = [...changed].filter(([, made]) => having.some((seat) => made.has(seat))).map(([stack]) => stack);
    const earlier = having.filter((seat) => !now.has(seat));
    return growing.length === 0 || earlier.length === 0 ? [] : [{ pool: pool.name, rollout, stacks: growing, earlier }];
  });
}

/** The seats whose machines a stack's approved changes make, anew or for the first time. */
function seatsMade(approved: Approval["stacks"][string] | undefined): Set<string> {
  const made = (approved?.changes ?? []).filter(({ action }) => action === "replace" || action === "create");
  return new Set(made.flatMap(({ address }) => KEY.exec(address)?.[1] ?? []));
}
