/**
 * What a seat's own report says, which `boot/seat-report.*` writes into its guestinfo each minute: `<sessions> <health> <now> <last
 * use>`, the two last in seconds since 1970; the health is `healthy`, `unhealthy` or `closed`.
 */
export interface SeatReport {
  /** Sessions of people, connected or not: both have work that may be unsaved. */
  readonly sessions: number;
  /** Whether the seat can be worked at: it is joined, and takes remote desktops. */
  readonly healthy: boolean;
  /** Whether it takes nobody any more until it is as new: somebody left it for longer than his place is kept. */
  readonly closed: boolean;
  /** When it was written, in seconds since 1970 by the seat's clock. */
  readonly at: number;
  /** When somebody worked there last, in seconds since 1970; 0 where nobody ever did. */
  readonly used: number;
}

/** The advanced setting that has the report. */
export const REPORT_KEY = "guestinfo.postazioni.report";

/** How old a report may be and still says how the seat is: ten that it should have written. */
const FRESH_SECONDS = 600;

/**
 * The report in a machine's advanced settings; undefined where there is none, one that is not as it should be, or an old one.
 * @param now seconds since 1970
 */
export function seatReport(extraConfig: Readonly<Record<string, string>>, now: number): SeatReport | undefined {
  const found = /^(\d{1,4}) (healthy|unhealthy|closed) (\d{1,12}) (\d{1,12})$/.exec(extraConfig[REPORT_KEY] ?? "");
  if (found === null) return undefined;
  const [, sessions, health, at, used] = found;
  if (Math.abs(now - Number(at)) > FRESH_SECONDS) return undefined;
  const [healthy, closed] = [health !== "unhealthy", health === "closed"];
  return { sessions: Number(sessions), healthy, closed, at: Number(at), used: Number(used) };
}
