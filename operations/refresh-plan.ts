import type { Refresh } from "../environments/model/refresh";
import type { SeatReport } from "./seat-report";

/** The advanced setting that has the mark: `fresh`, or `<times> <seconds since 1970>`. */
export const MARK_KEY = "guestinfo.postazioni.refresh";

/** The advanced setting that says after how many minutes a seat that somebody left takes nobody any more. */
export const RETURN_KEY = "guestinfo.postazioni.return-minutes";

/** The mark that a machine has in its snapshot: one that is off with it was brought back, or is to be, and not started yet. */
export const FRESH = "fresh";

/** How often a seat was brought back, and when it was as new last. */
export interface RefreshMark {
  readonly times: number;
  /** In seconds since 1970. */
  readonly at: number;
}

/** How a seat of a pool with refresh is. */
export interface SeatUse {
  readonly isOn: boolean;
  /** @default - it does not report */
  readonly report: SeatReport | undefined;
  /** Whether its machine said that it joined the domain. */
  readonly isJoined: boolean;
  /** `fresh`, the mark, or undefined where it has none. */
  readonly mark: RefreshMark | typeof FRESH | undefined;
  /** Whether it has a snapshot, of the machine as it is now or of how it was before a change of the file. @default - none */
  readonly snapshot: "current" | "older" | undefined;
}

/** A step that is done with a seat. */
export type RefreshStep = "start" | "prepare" | "revert" | "remake";

/**
 * What is done with a seat, or why nothing is: it is as new; off; does not report; is not healthy yet; in use; kept for who left
 * it; left long ago, and still taking people; used before it had a snapshot; or has what somebody left although it was brought back.
 */
export type RefreshFate =
  RefreshStep | "clean" | "off" | "silent" | "unhealthy" | "in-use" | "kept" | "open" | "without" | "stained";

const [MS, SECONDS_PER_MINUTE] = [1000, 60];
/** Ten reports that a seat should have written since it had to close. */
const OVERDUE_SECONDS = 600;
/** How far a seat's clock may be from ours: those of a domain differ by less than five minutes, in practice by seconds. */
const CLOCK_SECONDS = 60;

/** The mark in a machine's advanced settings; undefined where there is none. */
export function refreshMark(extraConfig: Readonly<Record<string, string>>): SeatUse["mark"] {
  const text = extraConfig[MARK_KEY] ?? "";
  if (text === FRESH) return FRESH;
  const [, times, at] = /^(\d{1,6}) (\d{1,12})$/.exec(text) ?? [];
  return times === undefined ? undefined : { times: Number(times), at: Number(at) };
}

/** The mark of a seat that is as new now. @param times how often it was brought back */
export function markText(times: number): string {
  return `${String(times)} ${String(Math.floor(Date.now() / MS))}`;
}

/** What is done with a seat. @param now seconds since 1970 */
export function refreshFate(seat: SeatUse, refresh: Refresh, returnMinutes: number, now: number): RefreshFate {
  const { isOn, report } = seat;
  if (!isOn) return offFate(seat);
  if (report === undefined) return "silent";
  if (report.sessions > 0) return "in-use";
  return report.used > 0
    ? usedFate(seat, report, refresh, returnMinutes * SECONDS_PER_MINUTE, now)
    : freshFate(seat, report, refresh);
}

/** One that was on its way when a run ended in the middle goes on; another was shut down, by its plan or by who worked there. */
function offFate({ mark, snapshot }: SeatUse): RefreshFate {
  if (mark !== FRESH) return "off";
  return snapshot === "current" ? "start" : "prepare";
}

/** @param keptFor how long a seat is kept for who left it, in seconds @param now in seconds since 1970 */
function usedFate(
  { mark, snapshot }: SeatUse,
  report: SeatReport,
  refresh: Refresh,
  keptFor: number,
  now: number,
): RefreshFate {
  if (mark !== undefined && mark !== FRESH && report.used < mark.at - CLOCK_SECONDS) return "stained";
  if (refresh === "revert" && snapshot === undefined) return "without";
  // By its own clock, by which it closes: one that is closed for another reason, such as a step that was overtaken, is kept.
  if (report.closed && report.at - report.used >= keptFor) return refresh;
  return report.used < now - keptFor - OVERDUE_SECONDS ? "open" : "kept";
}

function freshFate({ isJoined, snapshot }: SeatUse, { healthy }: SeatReport, refresh: Refresh): RefreshFate {
  if (refresh === "revert" && snapshot !== "current") return healthy && isJoined ? "prepare" : "unhealthy";
  return "clean";
}
