import { localTime } from "../environments/calendar/local-time";
import type { DeployedCity } from "../environments/model/city";
import type { Power } from "../environments/model/power";

/** How a seat's machine is. */
export interface SeatPower {
  readonly seat: string;
  /** Managed object id of its machine. */
  readonly machine: string;
  readonly isOn: boolean;
  /** How many sessions it has; undefined where it does not say. */
  readonly sessions: number | undefined;
  /** Whether it has to be made as new first, as its pool has refresh and somebody left it. */
  readonly isLeft: boolean;
}

/** What is done with the seats of a pool. */
export interface PowerPlan {
  readonly start: readonly SeatPower[];
  readonly stop: readonly SeatPower[];
  /** Those that stay on out of hours because somebody works there. */
  readonly inUse: readonly SeatPower[];
  /** Those that stay on out of hours because they do not say whether somebody works there. */
  readonly silent: readonly SeatPower[];
  /** Those that stay on out of hours until they are as new. */
  readonly left: readonly SeatPower[];
}

/** Whether all seats of a pool are on at an instant: in its hours, and during an emergency. */
export function allOn(
  { calendar, emergency }: Pick<DeployedCity, "calendar" | "emergency">,
  power: Power,
  now: Date,
): boolean {
  const { date, weekday, time } = localTime(now, calendar);
  const works = power.days.includes(weekday) && !calendar.holidays.includes(date);
  return emergency.active || (works && power.start <= time && time < power.stop);
}

/**
 * What has to be done so that a pool's seats are as they should be. Out of hours seats with sessions stay on, those that do not
 * say how many they have too, those that are made as new first, and as many free ones as the reserve says: first those that are on.
 * @param seats in the order of their numbers
 * @param all whether all are on now
 */
export function powerPlan(seats: readonly SeatPower[], all: boolean, reserve: number): PowerPlan {
  const [on, off] = [seats.filter(({ isOn }) => isOn), seats.filter(({ isOn }) => !isOn)];
  if (all) return { start: off, stop: [], inUse: [], silent: [], left: [] };
  const free = on.filter(({ sessions, isLeft }) => sessions === 0 && !isLeft);
  return {
    start: off.slice(0, Math.max(0, reserve - free.length)),
    stop: free.slice(reserve),
    inUse: on.filter(({ sessions = 0 }) => sessions > 0),
    silent: on.filter(({ sessions }) => sessions === undefined),
    left: on.filter(({ sessions, isLeft }) => sessions === 0 && isLeft),
  };
}
