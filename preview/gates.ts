import type { DeployedCity } from "../environments/model/city";
import { hasGate } from "../environments/model/gates";
import type { Gate, Waiver } from "../environments/model/gates";
import { maintenanceFindings } from "./disturbed-seats";
import type { FileChange } from "./file-change";
import { destinationFindings, fileFindings } from "./file-findings";
import type { GateFinding } from "./gate-finding";
import { planFindings } from "./plan-findings";
import { heldReview, reviewFindings } from "./review";
import type { PoolChange } from "./seat-changes";
import type { StackPreview } from "./stack-preview";
import { waiverOf } from "./waivers";
import { weakenedMaintenance } from "./weakened-maintenance";

/** Reason, owner and last day of a waiver. */
export interface WaiverTerms {
  /** Why the finding may pass. */
  readonly reason: string;
  /** Who is responsible. */
  readonly owner: string;
  /** Its last day, such as 2026-12-31. */
  readonly until: string;
}

/** A waived finding. */
export interface WaivedFinding extends GateFinding {
  readonly waiver: WaiverTerms;
}

/** An expired waiver. */
export interface LapsedWaiver extends WaiverTerms {
  readonly gate: Gate;
  /** Its scope. */
  readonly scope: string;
}

/** The gates' result for a change. */
export interface GateResult {
  /** Findings that stop it. */
  readonly closed: readonly GateFinding[];
  /** Findings that a waiver lets pass. */
  readonly waived: readonly WaivedFinding[];
  /** Expired waivers; they have no effect. */
  readonly lapsed: readonly LapsedWaiver[];
  /** Gates that could not be checked, because there is no version of the file to compare with. */
  readonly unchecked: readonly Gate[];
}

/** The input of the gates. */
export interface Gated {
  readonly pools: readonly PoolChange[];
  readonly stacks: readonly StackPreview[];
  /** Compared with the base; null without one. */
  readonly file: FileChange | null;
  /** The city on the branch that the change goes to. @default - none */
  readonly base?: DeployedCity | undefined;
  /** When it is deployed: at other times than a pool's maintenance its seats are not disturbed. @default - not now */
  readonly now?: Date | undefined;
}

/** Gates that compare two versions of the file. */
const OF_THE_FILE: readonly Gate[] = ["review", "destinations", "dataZone", "privilege", "capacityPercent"];

/** Checks each gate of a city: the change's own or the base's, whichever is stricter. */
export function askGates(wanted: DeployedCity, { pools, stacks, file, base, now }: Gated): GateResult {
  const city = { ...wanted, ...heldReview(base, wanted) };
  const { gates, waivers } = city.review;
  const lapsed = waivers.filter(({ until }) => until < city.asOf);
  const all = [
    ...(base === undefined ? [] : [...reviewFindings(base, wanted), ...weakenedMaintenance(base, wanted)]),
    ...(file === null ? [] : destinationFindings(city, file.destinations)),
    ...planFindings(city, base ?? city, pools, stacks),
    ...(now === undefined ? [] : maintenanceFindings(city, pools, now)),
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

function shown({ reason, owner, until }: Waiver): WaiverTerms {
  return { reason, owner, until };
}
