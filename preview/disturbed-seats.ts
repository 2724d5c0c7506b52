import { nextWindow, windowAt } from "../environments/calendar/maintenance-window";
import { localTime } from "../environments/calendar/local-time";
import { count } from "../environments/display";
import type { DeployedCity } from "../environments/model/city";
import type { GateFinding } from "./gate-finding";
import { poolChanges } from "./seat-changes";
import type { PlannedStack, PoolChange, SeatChange, SeatEffect } from "./seat-changes";
import { isWaived } from "./waivers";

/** Effects that end a session at a seat. A seat that is adopted, moved to another datastore or forgotten goes on. */
const DISTURBING: readonly SeatEffect[] = ["restarted", "replaced", "removed"];

/** The seats at which a change ends sessions. */
export function disturbedSeats({ seats }: Pick<PoolChange, "seats">): SeatChange[] {
  return seats.filter(({ effect }) => DISTURBING.includes(effect));
}

/**
 * Pools whose seats would be disturbed outside of their maintenance, before waivers.
 * @param pools what changes
 */
export function maintenanceFindings(city: DeployedCity, pools: readonly PoolChange[], now: Date): GateFinding[] {
  return pools.flatMap((change) => {
    const index = city.pools.findIndex(({ name }) => name === change.pool);
    const { maintenance } = city.pools[index] ?? {};
    const seats = disturbedSeats(change).length;
    if (maintenance === undefined || seats === 0) return [];
    if (windowAt(maintenance, city.calendar, now) !== undefined) return [];
    const next = nextWindow(maintenance, city.calendar, now);
    const when = next === undefined ? "" : `; the next one begins on ${clockText(next.begins, city.calendar)}`;
    const text = `${count(seats, "seat")} would be disturbed outside of its windows${when}`;
    return [{ gate: "maintenance" as const, scope: change.pool, text, path: ["pools", index, "maintenance"] }];
  });
}

/** How a change disturbs people at a pool's seats. */
export interface Disturbance {
  /** Name of the pool. */
  readonly pool: string;
  /** Number of seats that are restarted, replaced or removed. */
  readonly seats: number;
  /** Sessions that people have at them now, by the seats' reports; null where nobody asked, or vCenter did not answer. */
  readonly sessions: number | null;
  /** The window of its maintenance that is open, or else the next one; null where the pool has none: any time. */
  readonly window: Window | null;
}

/** A window of maintenance. */
export interface Window {
  /** When it begins, such as 2026-12-04T19:00:00.000Z. */
  readonly begins: string;
  /** When it is over. */
  readonly ends: string;
}

/** What is known of people at work. */
export interface AtWork {
  readonly now: Date;
  /** Sessions by seat. @default - they were not counted */
  readonly sessions?: ReadonlyMap<string, number> | undefined;
}

/** How a change disturbs people, by pool. */
export function disturbances(
  city: DeployedCity,
  pools: readonly PoolChange[],
  { now, sessions }: AtWork,
): Disturbance[] {
  return pools.flatMap((change) => {
    const seats = disturbedSeats(change);
    if (seats.length === 0) return [];
    const maintenance = city.pools.find(({ name }) => name === change.pool)?.maintenance;
    const span =
      maintenance && (windowAt(maintenance, city.calendar, now) ?? nextWindow(maintenance, city.calendar, now));
    const there = seats.reduce((sum, { seat }) => sum + (sessions?.get(seat) ?? 0), 0);
    return [
      {
        pool: change.pool,
        seats: seats.length,
        sessions: sessions === undefined ? null : there,
        window: span === undefined ? null : { begins: span.begins.toISOString(), ends: span.ends.toISOString() },
      },
    ];
  });
}

/** When the seats of a pool are disturbed, in words. */
export function whenText({ window }: Disturbance, calendar: DeployedCity["calendar"], now: Date): string {
  if (window === null) return "at any time";
  const [begins, ends] = [new Date(window.begins), new Date(window.ends)];
  return `${begins <= now ? "now" : clockText(begins, calendar)}, to ${localTime(ends, calendar).time}`;
}

/** Why a stack's plan may not be applied now: it would disturb seats outside of their maintenance. @returns undefined where it may */
export function maintenanceRefusal(city: DeployedCity, planned: PlannedStack, now: Date): string | undefined {
  const closed = maintenanceFindings(city, poolChanges(city, city, [planned]), now);
  const [first] = closed.filter((finding) => !isWaived(city, finding));
  return first && `the gate ${first.gate} is closed for ${first.scope}: ${first.text}`;
}

/** An instant as a city's clock and calendar show it: `fri 2026-12-04 at 20:00`. */
export function clockText(instant: Date, calendar: DeployedCity["calendar"]): string {
  const { weekday, date, time } = localTime(instant, calendar);
  return `${weekday} ${date} at ${time}`;
}
