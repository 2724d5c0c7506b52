import type { SeatReport } from "./seat-report";

/** A seat that a deployment disturbs, as vCenter has it. */
export interface DrainedSeat {
  readonly seat: string;
  /** Managed object id of its machine. */
  readonly machine: string;
  readonly isOn: boolean;
  /** Whether `refresh` is just making it as new. */
  readonly isRefreshed: boolean;
  /** @default - it does not report */
  readonly report?: SeatReport | undefined;
}

/**
 * What holds a seat: nothing; somebody works there; nobody does any more, and who comes just now has not logged in yet; `refresh`
 * makes it as new; or nobody knows, as it does not report.
 */
export type DrainFate = "free" | "in-use" | "closing" | "refreshed" | "silent";

/** From a seat's last report before nobody was let in any more: a minute to the next one, and one for who was just logging in. */
const LOGIN_SECONDS = 120;

/**
 * What holds a seat. One that does not report may be in use, so it is waited for too.
 * @param closedAt when it reported last before nobody was let in any more, by its own clock; undefined where people may still come.
 * Where nobody can be kept away, as with a broker of the city's, it is -Infinity
 */
export function drainFate({ isOn, isRefreshed, report }: DrainedSeat, closedAt: number | undefined): DrainFate {
  if (isRefreshed) return "refreshed";
  if (!isOn) return "free";
  if (report === undefined) return "silent";
  if (report.sessions > 0) return "in-use";
  return closedAt !== undefined && report.at >= closedAt + LOGIN_SECONDS ? "free" : "closing";
}

/** Seats that are kept from people: nobody new gets a drained one, and nobody at all one that is closed. */
export interface HeldSeats {
  readonly drained: readonly string[];
  readonly closed: readonly string[];
}

/** The advanced setting by which an access machine is told what it holds; it says so with the value's digest (`access-agent.sh`). */
export const HELD_KEY = "guestinfo.postazioni.held";

/**
 * What an access machine is told: `<seconds since 1970> drain=SEAT,SEAT closed=SEAT`; nothing where nothing is held.
 * @param until when it no longer counts, in seconds since 1970: a deployment that died holds nothing for ever
 */
export function heldText({ drained, closed }: HeldSeats, until: number): string {
  if (drained.length + closed.length === 0) return "";
  return `${String(Math.ceil(until))} drain=${drained.join(",")} closed=${closed.join(",")}`;
}

/** How many of the warnings are due at an instant. @param end when the seats are taken, in ms, as now is */
export function warningsDue(warnMinutes: readonly number[], end: number, now: number): number {
  return warnMinutes.filter((minutes) => now >= end - minutes * MS_PER_MINUTE).length;
}

const MS_PER_MINUTE = 60_000;
