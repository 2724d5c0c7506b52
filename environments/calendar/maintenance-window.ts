import { WEEKDAYS } from "../model/calendar";
import type { Calendar } from "../model/calendar";
import type { Maintenance, MaintenanceWindow } from "../model/maintenance";
import { localTime } from "./local-time";

/** A window at a certain day. */
export interface TimeSpan {
  readonly begins: Date;
  /** It is over at that instant. */
  readonly ends: Date;
}

const [MS_PER_MINUTE, MINUTES_PER_HOUR, HOURS_PER_DAY] = [60_000, 60, 24];
const MINUTES_PER_DAY = MINUTES_PER_HOUR * HOURS_PER_DAY;
const MS_PER_DAY = MINUTES_PER_DAY * MS_PER_MINUTE;
/** From yesterday, as a window may go on over midnight, to the same day of the next week. */
const DAYS = Array.from({ length: 10 }, (_, index) => index - 1);

/** The window that an instant is in, the one that ends last where there are several; undefined outside of all. */
export function windowAt({ windows }: Pick<Maintenance, "windows">, calendar: Zone, now: Date): TimeSpan | undefined {
  const open = spansAround(windows, calendar, now).filter(({ begins, ends }) => begins <= now && now < ends);
  return open.sort((a, b) => b.ends.getTime() - a.ends.getTime())[0];
}

/** The next window that begins after an instant; there is one every week. */
export function nextWindow(maintenance: Pick<Maintenance, "windows">, calendar: Zone, now: Date): TimeSpan | undefined {
  const later = spansAround(maintenance.windows, calendar, now).filter(({ begins }) => begins > now);
  return later.sort((a, b) => a.begins.getTime() - b.begins.getTime())[0];
}

/** How long a window is by the clock, in minutes; 0 where it stops when it starts. */
export function windowMinutes({ start, stop }: Pick<MaintenanceWindow, "start" | "stop">): number {
  return (minuteOf(stop) - minuteOf(start) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
}

/** Whether windows are open, by the clock, at a minute of the week at which others are not. */
export function isOpenMore(others: Maintenance["windows"], windows: Maintenance["windows"]): boolean {
  const known = new Set(others.flatMap(minutesOfWeek));
  return windows.flatMap(minutesOfWeek).some((minute) => !known.has(minute));
}

/** The minutes of the week at which a window is open: 0 is the first of its first day. */
function minutesOfWeek(window: MaintenanceWindow): number[] {
  const week = WEEKDAYS.length * MINUTES_PER_DAY;
  return window.days.flatMap((day) => {
    const begins = WEEKDAYS.indexOf(day) * MINUTES_PER_DAY + minuteOf(window.start);
    return Array.from({ length: windowMinutes(window) }, (_, minute) => (begins + minute) % week);
  });
}

type Zone = Pick<Calendar, "timeZone">;

function spansAround(windows: Maintenance["windows"], calendar: Zone, now: Date): TimeSpan[] {
  const today = localTime(now, calendar).date;
  return DAYS.flatMap((days) => {
    // Noon is the same day in UTC, whatever a change of clock takes.
    const noon = new Date(Date.parse(`${today}T12:00Z`) + days * MS_PER_DAY);
    const { date, weekday } = localTime(noon, { timeZone: "UTC" });
    return windows.filter((window) => window.days.includes(weekday)).flatMap((window) => span(window, date, calendar));
  });
}

function span({ start, stop }: MaintenanceWindow, date: string, calendar: Zone): TimeSpan[] {
  const following = new Date(Date.parse(`${date}T12:00Z`) + MS_PER_DAY).toISOString().slice(0, date.length);
  const begins = instantOf(date, start, calendar);
  const ends = instantOf(stop > start ? date : following, stop, calendar);
  // The change of clock in spring may leave nothing of it.
  return begins < ends ? [{ begins, ends }] : [];
}

/**
 * The instant at which the clock shows a time of a day: the first one where it shows it twice, and where it leaves the time out the
 * one that is as long after midnight.
 */
export function instantOf(date: string, time: string, calendar: Zone): Date {
  const asUtc = Date.parse(`${date}T${time}Z`);
  const shown = [-MS_PER_DAY, MS_PER_DAY].map((away) => asUtc - offsetAt(new Date(asUtc + away), calendar));
  const [before = asUtc, after = asUtc] = shown;
  const right = [before, after].filter((instant) => offsetAt(new Date(instant), calendar) === asUtc - instant);
  return new Date(right.length === 0 ? before : Math.min(...right));
}

/** How much later than UTC the clock is, in milliseconds. */
function offsetAt(instant: Date, calendar: Zone): number {
  const { date, time } = localTime(instant, calendar);
  const minute = Math.floor(instant.getTime() / MS_PER_MINUTE) * MS_PER_MINUTE;
  return Date.parse(`${date}T${time}Z`) - minute;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * MINUTES_PER_HOUR + minutes;
}
