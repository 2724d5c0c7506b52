import type { DeployedCity } from "../environments/model/city";
import type { PlaceOf, SourceLocation } from "../environments/violation";
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

/** A pool, and how many of its seats meet what. */
export interface PoolPreview {
  /** Name of the pool. */
  readonly pool: string;
  /** Id of the pool's directorate. */
  readonly directorate: string;
  readonly counts: EffectCounts;
  /** How many people's machines restart, are replaced, are given up or go. */
  readonly people: number;
  /** The seats, by name; who has them only where that was asked for. */
  readonly seats: readonly SeatChange[];
}

/** A finding with its place in the file. */
export interface PlacedFinding extends Omit<GateFinding, "path">, SourceLocation {}

/** A finding that a waiver lets pass, with its place in the file. */
export interface PlacedWaivedFinding extends Omit<WaivedFinding, "path">, SourceLocation {}

/** What the gates say, with places. */
export interface PlacedGates extends Omit<GateResult, "closed" | "waived"> {
  /** What stops the change. */
  readonly closed: readonly PlacedFinding[];
  /** What would stop it, and passes for a time. */
  readonly waived: readonly PlacedWaivedFinding[];
}

/** A preview: what a deployment would do, and the shape of its JSON. */
export interface PreviewReport {
  /** The city's id. */
  readonly city: string;
  /** The day that the file is right on. */
  readonly asOf: string;
  /**
   * `unchanged` where neither a resource nor what the file says of reach, access, images, capacity or costs changes; `failed` where
   * any stack could not be planned, whatever the others say; `stopped` where a gate is closed.
   */
  readonly result: "unchanged" | "changes" | "stopped" | "failed";
  readonly gates: PlacedGates;
  /** Every stack of the city, by name. */
  readonly stacks: readonly StackPreview[];
  /** The pools of which something changes. */
  readonly pools: readonly PoolPreview[];
  /** Against the base; null where there is none to compare with. */
  readonly file: FileChange | null;
  /** Keys of the file that name another place for logins, for which nothing was planned: nobody has reviewed it yet. */
  readonly withheld: readonly string[];
}

/** What a preview is made of, beside the plans. */
export interface PreviewSource {
  /** The city, with what it has in an emergency only. */
  readonly wanted: DeployedCity;
  /** As the base's file has it. @default - there is none to compare with */
  readonly base: DeployedCity | undefined;
  /** Where a value of the city's file stands. */
  readonly placeOf: PlaceOf;
  /** Whether it tells the staff numbers of those who have the seats. @default false */
  readonly people?: boolean;
  /** Keys that name another place for logins, so that nothing was planned. @default - none */
  readonly withheld?: readonly string[];
}

/** What the plans of a city's stacks and two versions of its file say together. */
export function previewReport(source: PreviewSource, results: readonly PlanResult[]): PreviewReport {
  const { wanted, base, placeOf, people = false, withheld = [] } = source;
  const known = new Set(results.map(({ stack }) => stack));
  const left = (base === undefined ? [] : leftStacks(base, wanted)).filter(({ stack }) => !known.has(stack));
  const stacks = [...results, ...left].map(stackPreview);
  const planned = results.flatMap((result) => ("plan" in result ? [result] : []));
  const pools = poolChanges(base ?? wanted, wanted, planned);
  const file = base === undefined ? null : fileChange(base, wanted);
  const gates = placed(askGates(wanted, { pools, stacks, file, base }), placeOf);
  const shown = pools.map((pool) => poolPreview(pool, people));
  const { id: city } = wanted.city;
  const result = withheld.length > 0 ? "stopped" : resultOf(stacks, gates, file);
  return { city, asOf: wanted.asOf, result, gates, stacks, pools: shown, file, withheld };
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

function anonymous({ seat, effect, address, attributes, reason, wave }: SeatChange): SeatChange {
  return { seat, effect, address, attributes, reason, wave };
}

function resultOf(
  stacks: readonly StackPreview[],
  { closed }: PlacedGates,
  file: FileChange | null,
): PreviewReport["result"] {
  const results = stacks.map(({ result }) => result);
  if (results.includes("failed") || results.length === 0) return "failed";
  if (closed.length > 0) return "stopped";
  return results.includes("changes") || changesAnything(file) ? "changes" : "unchanged";
}
