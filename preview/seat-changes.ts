import type { City } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { seatRange } from "../environments/model/seat-numbers";
import type { Wave } from "../environments/model/wave";
import { currentAssignments } from "../environments/seats/assignments";
import { seatNumber, shardName, shardsOf } from "../environments/seats/seats";
import { restarts } from "./machine-restart";
import { describe, MACHINE, resourceChanges, valuesOf } from "./resource-change";
import type { Action } from "./resource-change";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/**
 * What becomes of a seat's machine, the mildest first. `changed`: while it runs; `restarted`: shut down and started again;
 * `replaced`: destroyed and made anew, with its disks.
 */
export const SEAT_EFFECTS = ["added", "adopted", "changed", "restarted", "replaced", "removed"] as const;

/** @see SEAT_EFFECTS */
export type SeatEffect = (typeof SEAT_EFFECTS)[number];

/** What becomes of one seat. */
export interface SeatChange {
  /** Name of the seat. */
  readonly seat: string;
  readonly effect: SeatEffect;
  /** Terraform's address of its machine, in the stack. */
  readonly address: string;
  /** Arguments of the machine that differ afterwards, or for which it is replaced. */
  readonly attributes: readonly string[];
  /** Id of the seat's wave in the deployment plan; null where the pool has none. */
  readonly wave: string | null;
  /** Staff number of whoever has the seat now. @default - nobody, the pool is floating, or it is not told */
  readonly holder?: string | undefined;
}

/** A pool and what becomes of its seats. */
export interface PoolChange {
  readonly pool: string;
  /** Id of the pool's directorate. */
  readonly directorate: string;
  readonly seats: readonly SeatChange[];
}

/** A stack and its plan. */
export interface PlannedStack {
  /** Name of the stack. */
  readonly stack: string;
  readonly plan: TerraformPlan;
}

/**
 * What becomes of a city's seats, pool by pool in the order of the file; pools of which nothing changes are left out.
 * @param now the city as it is deployed: it says who has a seat today
 * @param wanted the city as its file has it, with what it has in an emergency only
 */
export function poolChanges(now: City, wanted: City, plans: readonly PlannedStack[]): PoolChange[] {
  const holders = currentAssignments(now);
  const byStack = new Map(plans.map(({ stack, plan }) => [stack, plan]));
  return wanted.pools
    .map((pool) => ({
      pool: pool.name,
      directorate: pool.directorate,
      seats: stacksOf(wanted, pool).flatMap((stack) => seatChanges(byStack.get(stack), pool, holders)),
    }))
    .filter(({ seats }) => seats.length > 0);
}

function stacksOf(city: City, pool: Pool): string[] {
  return shardsOf(city, pool).map(({ number }) => `${city.city.id}-desktops-${shardName(pool.name, number)}`);
}

function seatChanges(
  plan: TerraformPlan | undefined,
  { waves }: Pool,
  holders: ReturnType<typeof currentAssignments>,
): SeatChange[] {
  if (plan === undefined) return [];
  return resourceChanges(plan)
    .filter(({ type }) => type === MACHINE)
    .map((planned) => {
      const { address, key = address, action, attributes, replacedFor } = describe(planned);
      return {
        seat: key,
        effect: effectOf(planned, action),
        address,
        attributes: replacedFor.length > 0 ? replacedFor : attributes,
        wave: waveOf(waves, key),
        holder: holders.get(key)?.staff,
      };
    })
    .sort((a, b) => (a.seat < b.seat ? -1 : 1));
}

function waveOf(waves: readonly Wave[], seat: string): string | null {
  const number = seatNumber(seat);
  const wave = waves.find(({ seats }) => {
    const { first, last } = seatRange(seats);
    return first <= number && number <= last;
  });
  return wave?.id ?? null;
}

function effectOf(planned: PlannedResource, action: Action): SeatEffect {
  const { importing } = planned.change;
  if (action === "create") return "added";
  if (action === "replace") return "replaced";
  if (action === "destroy" || action === "forget") return "removed";
  if (restarts(valuesOf(planned))) return "restarted";
  return importing === undefined || importing === null ? "changed" : "adopted";
}

/** How many seats meet each effect. */
export interface EffectCounts {
  /** Made. */
  readonly added: number;
  /** Taken over as they are. */
  readonly adopted: number;
  /** Changed while they run. */
  readonly changed: number;
  /** Shut down and started again. */
  readonly restarted: number;
  /** Destroyed and made anew, with their disks. */
  readonly replaced: number;
  /** Destroyed, or given up by Terraform. */
  readonly removed: number;
}

/** How many seats each effect has. */
export function countEffects(seats: readonly SeatChange[]): EffectCounts {
  const counts = { added: 0, adopted: 0, changed: 0, restarted: 0, replaced: 0, removed: 0 };
  for (const { effect } of seats) counts[effect] += 1;
  return counts;
}

/** How many people feel it: those whose machine restarts, is replaced or goes. */
export function peopleOf(seats: readonly SeatChange[]): number {
  const felt = seats.filter(({ effect }) => effect === "restarted" || effect === "replaced" || effect === "removed");
  return new Set(felt.flatMap(({ holder }) => (holder === undefined ? [] : [holder]))).size;
}
