import { windowMinutes } from "../../calendar/maintenance-window";
import { cloneMinutes } from "../../capacity/clone-time";
import { count } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Maintenance, MaintenanceWindow } from "../../model/maintenance";
import type { Path } from "../../path";
import type { CityRule, Finding } from "../rule";

/** Minutes by which clocks go forward in one night of the year, and the time before which they do: at 02:00 or 03:00 in most zones. */
const [CHANGE_OF_CLOCK, MORNING] = [60, "04:00"];

/** A window that is too short would end each deployment before its first seat. */
export const maintenanceWindow: CityRule = {
  id: "maintenance-window",
  explanation:
    "a window of a pool's maintenance has room for its longest warning and then for a clone, and at night for an hour more: the " +
    "change of clock in spring takes one",
  repair: "write a longer window, or a shorter warning",
  *check(city) {
    for (const [index, { maintenance }] of city.pools.entries())
      if (maintenance !== undefined) yield* tooShort(city, maintenance, ["pools", index, "maintenance", "windows"]);
  },
};

function* tooShort(city: DeclaredCity, { windows, warnMinutes }: Maintenance, path: Path): Iterable<Finding> {
  const [warning, clone] = [Math.max(0, ...warnMinutes), cloneMinutes(city)];
  for (const [index, window] of windows.entries()) {
    const has = windowMinutes(window);
    const [more, when] = isAtNight(window) ? [CHANGE_OF_CLOCK, " at night"] : [0, ""];
    const needs = warning + clone + more;
    if (has >= needs) continue;
    const message =
      has === 0
        ? `it stops at ${window.stop}, when it starts`
        : `it has ${count(has, "minute")}; a warning of ${String(warning)} and a clone of ${String(clone)}${when} take ${String(needs)}`;
    yield { path: [...path, index, "stop"], message, allowed: `at least ${count(needs, "minute")} after start` };
  }
}

function isAtNight({ start, stop }: MaintenanceWindow): boolean {
  return stop < start || start < MORNING;
}
