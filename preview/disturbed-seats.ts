import { nextWindow, windowAt } from "../environments/calendar/maintenance-window";
import type { TimeSpan } from "../environments/calendar/maintenance-window";
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

/** A window of a pool's maintenance in words: `from fri 2026-12-04 at 20:00 to 23:30`. */
export function windowText({ begins, ends }: TimeSpan, calendar: DeployedCity["calendar"]): string {
  return `from ${clockText(begins, calendar)} to ${localTime(ends, calendar).time}`;
}
