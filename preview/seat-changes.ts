import type { DeployedCity } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { seatRange } from "../environments/model/seat-numbers";
import type { Wave } from "../environments/model/wave";
import { currentAssignments } from "../environments/seats/assignments";
import { seatNumber, shardsOf } from "../environments/seats/seats";
import { desktopsPart, stackName } from "../environments/stack-names";
import type { Action } from "./known-actions";
import { restarts } from "./machine-restart";
import { startedFrom } from "./machine-start";
import type { StoppedPower } from "./machine-start";
import { describe, MACHINE, resourceChanges, valuesOf } from "./resource-change";
import type { PlannedResource, TerraformPlan } from "./terraform-plan";

/**
 * Effects on a seat's machine, the mildest first. `changed`: while it runs; `restarted`: shut down and started again;
 * `replaced`: by a new machine, without the data on its disks; `left`: forgotten by Terraform, but still there;
 * `removed`: destroyed.
 */
export const SEAT_EFFECTS = ["added", "adopted", "changed", "restarted", "replaced", "left", "removed"] as const;

/** @see SEAT_EFFECTS */
export type SeatEffect = (typeof SEAT_EFFECTS)[number];

/** The effect on a seat. A deposed object of an earlier machine is not a seat. */
export interface SeatChange {
  /** Name of the seat. */
  readonly seat: string;
  readonly effect: SeatEffect;
  /** Terraform's address of its machine in the stack. */
  readonly address: string;
  /** The machine's arguments that change or force a replacement. */
  readonly attributes: readonly string[];
  /** Power of a machine that somebody stopped, and that the change starts. @default - it runs, or is not started */
  readonly startedFrom?: StoppedPower | undefined;
  /** Terraform's `action_reason`, such as replace_because_tainted. @default - none */
  readonly reason?: string | undefined;
  /** Id of the seat's wave in the deployment plan; null where the pool has none. */
  readonly wave: string | null;
  /** Staff number of the seat's current holder. @default - none: a floating pool, a free seat, or not requested */
  readonly holder?: string | undefined;
}

/** The effects on a pool's seats. */
export interface PoolChange {
  readonly pool: string;
  /** Id of the pool's directorate; null where it has none. */
  readonly directorate: string | null;
  readonly seats: readonly SeatChange[];
}

/** A stack and its plan. */
export interface PlannedStack {
  /** Name of the stack. */
  readonly stack: string;
  readonly plan: TerraformPlan;
}

/**
 * The effects on a city's seats, by pool in the order of the file; pools without changes are left out.
 * @param now the deployed city: it knows today's holders
 * @param wanted the city as its file has it, with the pools for emergencies, active or not
 */
export function poolChanges(now: DeployedCity, wanted: DeployedCity, plans: readonly PlannedStack[]): PoolChange[] {
  const holders = currentAssignments(now);
  const byStack = new Map(plans.map(({ stack, plan }) => [stack, plan]));
  return wanted.pools
    .map((pool) => ({
      pool: pool.name,
      directorate: pool.directorate ?? null,
      seats: stacksOf(wanted, pool).flatMap((stack) => seatChanges(byStack.get(stack), pool, holders)),
    }))
    .filter(({ seats }) => seats.length > 0);
}

/** Names of the stacks that have a pool's machines. */
export function stacksOf(city: DeployedCity, pool: Pool): string[] {
  return shardsOf(city, pool).map(({ number }) => stackName(city.city.id, desktopsPart(pool.name, number)));
}

function seatChanges(
  plan: TerraformPlan | undefined,
  { waves }: Pool,
  holders: ReturnType<typeof currentAssignments>,
): SeatChange[] {
  if (plan === undefined) return [];
  return resourceChanges(plan)
    .filter(({ type, deposed }) => type === MACHINE && deposed === undefined)
    .map((planned) => {
      const { address, key = address, action, attributes, replacedFor, reason } = describe(planned);
      return {
        seat: key,
        effect: effectOf(planned, action),
        startedFrom: action === "update" || action === "import" ? startedFrom(valuesOf(planned)) : undefined,
        address,
        attributes: replacedFor.length > 0 ? replacedFor : attributes,
        reason,
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
  if (action === "replace" || action === "forget-and-create") return "replaced";
  if (action === "destroy") return "removed";
  if (action === "forget") return "left";
  const values = valuesOf(planned);
  if (values.before.power_state !== "off" && restarts(values)) return "restarted";
  return importing === undefined || importing === null ? "changed" : "adopted";
}

/** Number of seats by effect. */
export interface EffectCounts {
  /** Created. */
  readonly added: number;
  /** Adopted as they are. */
  readonly adopted: number;
  /** Changed while they run. */
  readonly changed: number;
  /** Shut down and started again. */
  readonly restarted: number;
  /** Replaced by a new machine, without the data on the disks. */
  readonly replaced: number;
  /** Forgotten by Terraform, but still there. */
  readonly left: number;
  /** Destroyed. */
  readonly removed: number;
}

/** Counts seats by effect. */
export function countEffects(seats: readonly SeatChange[]): EffectCounts {
  const counts = { added: 0, adopted: 0, changed: 0, restarted: 0, replaced: 0, left: 0, removed: 0 };
  for (const { effect } of seats) counts[effect] += 1;
  return counts;
}

/** Effects that the seat's holder notices. */
const FELT: readonly SeatEffect[] = ["restarted", "replaced", "left", "removed"];

/** Number of people affected: those whose machine restarts, is replaced, forgotten or destroyed. */
export function peopleOf(seats: readonly SeatChange[]): number {
  const felt = seats.filter(({ effect }) => FELT.includes(effect));
  return new Set(felt.flatMap(({ holder }) => (holder === undefined ? [] : [holder]))).size;
}
