import type { DeployedCity } from "../environments/model/city";
import type { PlaceOf, SourceLocation } from "../environments/violation";
import { disturbances } from "./disturbed-seats";
import type { AtWork, Disturbance } from "./disturbed-seats";
import { changesAnything, fileChange } from "./file-change";
import type { FileChange } from "./file-change";
import { askGates } from "./gates";
import type { GateFinding } from "./gate-finding";
import type { GateResult, WaivedFinding } from "./gates";
import { leftStacks } from "./left-stacks";
import { countEffects, peopleOf, poolChanges } from "./seat-changes";
import type { EffectCounts, PoolChange, SeatChange } from "./seat-changes";
import { stackPreview } from "./stack-preview";
import type { PlanResult, StackPreview } from "./stack-preview";

/** A pool, and its number of seats by effect. */
export interface PoolPreview {
  /** Name of the pool. */
  readonly pool: string;
  /** Id of the pool's directorate; null where it has none. */
  readonly directorate: string | null;
  readonly counts: EffectCounts;
  /** Number of people whose machines restart, are replaced, forgotten or destroyed. */
  readonly people: number;
  /** The seats, by name; with their holders only on request. */
  readonly seats: readonly SeatChange[];
}

/** A finding with its location in the file. */
export interface PlacedFinding extends Omit<GateFinding, "path">, SourceLocation {}

/** A waived finding with its location in the file. */
export interface PlacedWaivedFinding extends Omit<WaivedFinding, "path">, SourceLocation {}

/** The gates' result, with locations. */
export interface PlacedGates extends Omit<GateResult, "closed" | "waived"> {
  /** Findings that stop the change. */
  readonly closed: readonly PlacedFinding[];
  /** Findings that a waiver lets pass. */
  readonly waived: readonly PlacedWaivedFinding[];
}

/** A stack that was not planned. */
export interface UnplannedStack {
  /** Name of the stack. */
  readonly stack: string;
  /**
   * When the last look for drift began that found it as its file has it, such as 2026-11-30T02:17:00.000Z; null where none
   * is known.
   */
  readonly withoutDriftAt: string | null;
}

/** A preview: what a deployment would do. Also the shape of its JSON. */
export interface PreviewReport {
  /** The city's id. */
  readonly city: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /**
   * `unchanged` where neither resources nor reachability, access, images, capacity or costs change; `failed` where a
   * stack could not be planned, whatever the others have; `stopped` where a gate is closed.
   */
  readonly result: "unchanged" | "changes" | "stopped" | "failed";
  readonly gates: PlacedGates;
  /** Every stack of the city that was planned, by name. */
  readonly stacks: readonly StackPreview[];
  /** The stacks that were not planned, by name: neither they nor anything that they read of others differs from the base. */
  readonly unplanned: readonly UnplannedStack[];
  /** The pools with changes. */
  readonly pools: readonly PoolPreview[];
  /** Compared with the base; null without one. */
  readonly file: FileChange | null;
  /** How it disturbs people at work, by pool; empty where nobody asked for the hour. */
  readonly disturbed: readonly Disturbance[];
  /** Keys of the file with a new destination of logins that nobody has reviewed yet, so that nothing was planned. */
  readonly withheld: readonly string[];
}

/** The input of a preview besides the plans. */
export interface PreviewSource {
  /** The city, with the pools for emergencies, active or not. */
  readonly wanted: DeployedCity;
  /** The city on the base. @default - none to compare with */
  readonly base: DeployedCity | undefined;
  /** Source locations in the city's file. */
  readonly placeOf: PlaceOf;
  /** Whether it contains the staff numbers of the seats' holders. @default false */
  readonly people?: boolean;
  /** Keys with a new destination of logins, so that nothing was planned. @default - none */
  readonly withheld?: readonly string[];
  /** The stacks that were not planned. @default - none */
  readonly unplanned?: readonly UnplannedStack[];
  /** Whether it is deployed at once, so that windows of maintenance count. @default false */
  readonly isDeployed?: boolean;
  /** The hour, and who works then. @default - it is not asked */
  readonly atWork?: AtWork | undefined;
}

/** Makes a preview from the plans of a city's stacks and two versions of its file. */
export function previewReport(source: PreviewSource, results: readonly PlanResult[]): PreviewReport {
  const { wanted, base, placeOf, people = false, withheld = [], unplanned = [], isDeployed = false, atWork } = source;
  const known = new Set([...results, ...unplanned].map(({ stack }) => stack));
  const left = (base === undefined ? [] : leftStacks(base, wanted)).filter(({ stack }) => !known.has(stack));
  const stacks = [...results, ...left].map(stackPreview);
  const planned = results.flatMap((result) => ("plan" in result ? [result] : []));
  const pools = poolChanges(base ?? wanted, wanted, planned);
  const file = base === undefined ? null : fileChange(base, wanted);
  const disturbed = atWork === undefined ? [] : disturbances(wanted, pools, atWork);
  const now = isDeployed ? atWork?.now : undefined;
  const gates = placed(askGates(wanted, { pools, stacks, file, base, now }), placeOf);
  const shown = pools.map((pool) => poolPreview(pool, people));
  const { id: city } = wanted.city;
  const result = withheld.length > 0 ? "stopped" : resultOf([...stacks, ...unplanned.map(asUnchanged)], gates, file);
  return { city, asOf: wanted.asOf, result, gates, stacks, unplanned, pools: shown, file, disturbed, withheld };
}

function poolPreview({ pool, directorate, seats }: PoolChange, people: boolean): PoolPreview {
  const counted = { counts: countEffects(seats), people: peopleOf(seats) };
  return { pool, directorate, ...counted, seats: people ? seats : seats.map(anonymous) };
}

function placed({ closed, waived, ...rest }: GateResult, placeOf: PreviewSource["placeOf"]): PlacedGates {
  return {
    closed: closed.map(({ path, ...finding }) => ({ ...finding, ...placeOf(path) })),
    waived: waived.map(({ path, ...finding }) => ({ ...finding, ...placeOf(path) })),
    ...rest,
  };
}

function anonymous({ seat, effect, startedFrom, address, attributes, reason, wave }: SeatChange): SeatChange {
  return { seat, effect, startedFrom, address, attributes, reason, wave };
}

function asUnchanged(): Pick<StackPreview, "result"> {
  return { result: "unchanged" };
}

function resultOf(
  stacks: readonly Pick<StackPreview, "result">[],
  { closed }: PlacedGates,
  file: FileChange | null,
): PreviewReport["result"] {
  const results = stacks.map(({ result }) => result);
  if (results.includes("failed") || results.length === 0) return "failed";
  if (closed.length > 0) return "stopped";
  return results.includes("changes") || changesAnything(file) ? "changes" : "unchanged";
}
