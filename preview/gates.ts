import type { DeployedCity } from "../environments/model/city";
import { hasGate } from "../environments/model/gates";
import type { Gate, Waiver } from "../environments/model/gates";
import type { FileChange } from "./file-change";
import { destinationFindings, fileFindings } from "./file-findings";
import type { GateFinding } from "./gate-finding";
import { planFindings } from "./plan-findings";
import { heldReview, reviewFindings } from "./review";
import type { PoolChange } from "./seat-changes";
import type { StackPreview } from "./stack-preview";

/** Why something may pass a gate, who answers for it, and its last day. */
export interface WaiverTerms {
  /** Why it may pass. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Its last day, such as 2026-12-31. */
  readonly until: string;
}

/** A finding that a waiver lets pass. */
export interface WaivedFinding extends GateFinding {
  readonly waiver: WaiverTerms;
}

/** A waiver whose last day is over. */
export interface LapsedWaiver extends WaiverTerms {
  readonly gate: Gate;
  /** What it was for. */
  readonly scope: string;
}

/** What a city's gates say of a change. */
export interface GateResult {
  /** What stops it. */
  readonly closed: readonly GateFinding[];
  /** What would stop it, and passes for a time. */
  readonly waived: readonly WaivedFinding[];
  /** Waivers whose last day is over; they open nothing any more. */
  readonly lapsed: readonly LapsedWaiver[];
  /** Gates of which nothing is known, since there is no version of the file to compare with. */
  readonly unchecked: readonly Gate[];
}

/** What the gates look at. */
export interface Gated {
  readonly pools: readonly PoolChange[];
  readonly stacks: readonly StackPreview[];
  /** Against the base; null where there is none to compare with. */
  readonly file: FileChange | null;
  /** As the branch has it that the change goes to. @default - there is none */
  readonly base?: DeployedCity | undefined;
}

/** Gates that compare two versions of the file. */
const OF_THE_FILE: readonly Gate[] = ["review", "destinations", "dataZone", "privilege", "capacityPercent"];

/** Asks each gate of a city: those of the change and those of what it changes, whichever is stricter. */
export function askGates(wanted: DeployedCity, { pools, stacks, file, base }: Gated): GateResult {
  const city = { ...wanted, ...heldReview(base, wanted) };
  const { gates, waivers } = city.review;
  const lapsed = waivers.filter(({ until }) => until < city.asOf);
  const all = [
    ...(base === undefined ? [] : reviewFindings(base, wanted)),
    ...(file === null ? [] : destinationFindings(city, file.destinations)),
    ...planFindings(city, base ?? city, pools, stacks),
    ...(file === null ? [] : fileFindings(city, file, base ?? city)),
  ];
  const found = all.map((finding) => ({ finding, waiver: waiverOf(city, finding) }));
  return {
    closed: found.filter(({ waiver }) => waiver === undefined).map(({ finding }) => finding),
    waived: found.flatMap(({ finding, waiver }) =>
      waiver === undefined ? [] : [{ ...finding, waiver: shown(waiver) }],
    ),
    lapsed,
    unchecked: file === null ? OF_THE_FILE.filter((gate) => hasGate(gates, gate)) : [],
  };
}

/** Whether a waiver that the branch has too lets it pass. */
export function isWaived(
  city: Pick<DeployedCity, "asOf" | "review">,
  finding: Pick<GateFinding, "gate" | "scope">,
): boolean {
  return waiverOf(city, finding) !== undefined;
}

function waiverOf(
  { asOf, review }: Pick<DeployedCity, "asOf" | "review">,
  { gate, scope }: Pick<GateFinding, "gate" | "scope">,
): Waiver | undefined {
  return review.waivers.find((waiver) => waiver.gate === gate && waiver.scope === scope && asOf <= waiver.until);
}

function shown({ reason, owner, until }: Waiver): WaiverTerms {
  return { reason, owner, until };
}
