import type { Repair } from "../environments/model/repair";
import type { SeatReport } from "./seat-report";

/** A step of a repair. */
export type RepairStep = "restart" | "first-login" | "replace";

/** What was tried with a seat since it was healthy last, as its machine's guestinfo has it. */
export interface RepairRecord {
  /** Steps done. */
  readonly steps: number;
  /** When the last was done, in seconds since 1970. */
  readonly at: number;
}

/** The advanced setting that has the record: `<steps> <seconds since 1970>`. */
export const REPAIR_KEY = "guestinfo.postazioni.repair";

/** How a seat that should be usable is. */
export interface SeatHealth {
  readonly seat: string;
  /** Managed object id of its machine. */
  readonly machine: string;
  readonly isOn: boolean;
  /** When it was started, in seconds since 1970. @default - not known */
  readonly started?: number | undefined;
  /** @default - it does not report */
  readonly report?: SeatReport | undefined;
  /** @default - nothing was tried */
  readonly record?: RepairRecord | undefined;
  /** Whether its first secret is an alert: security looks at it first. */
  readonly isAlert: boolean;
}

/** What is done with a seat: nothing, as it is healthy, off, in use, starting, or an alert; a step; or nothing is left to try. */
export type SeatFate = "healthy" | "off" | "in-use" | "starting" | "alert" | RepairStep | "exhausted";

/** Longer than Windows takes to start, apply group policies and report: a seat is not judged before. */
const SETTLE_SECONDS = 900;
const PER_CENT = 100;

/** The record in a machine's advanced settings; undefined where nothing was tried. */
export function repairRecord(extraConfig: Readonly<Record<string, string>>): RepairRecord | undefined {
  const [, steps, at] = /^(\d) (\d{1,12})$/.exec(extraConfig[REPAIR_KEY] ?? "") ?? [];
  return steps === undefined ? undefined : { steps: Number(steps), at: Number(at) };
}

/** The steps of a pool's repairs, in their order. @param hasVault whether its seats log in to a Vault */
export function repairSteps({ replace }: Repair, hasVault: boolean): RepairStep[] {
  return ["restart", ...(hasVault ? (["first-login"] as const) : []), ...(replace ? (["replace"] as const) : [])];
}

/** What is done with a seat. @param now seconds since 1970 */
export function fateOfSeat(seat: SeatHealth, steps: readonly RepairStep[], now: number): SeatFate {
  const { isOn, report, record, started = 0, isAlert } = seat;
  if (!isOn) return "off";
  if (report?.healthy === true) return "healthy";
  if (report !== undefined && report.sessions > 0) return "in-use";
  if (isAlert) return "alert";
  if (now - Math.max(started, record?.at ?? 0) < SETTLE_SECONDS) return "starting";
  return steps[record?.steps ?? 0] ?? "exhausted";
}

/** Whether so many seats of a pool are not healthy that no single one is to blame. @param on number of its seats that are on */
export function isWidespread(unhealthy: number, on: number, { atMostPercent }: Repair): boolean {
  return unhealthy > Math.max(1, Math.floor((on * atMostPercent) / PER_CENT));
}
