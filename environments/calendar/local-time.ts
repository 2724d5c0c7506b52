import { WEEKDAYS } from "../model/calendar";
import type { Calendar, Weekday } from "../model/calendar";

/** What clock and calendar of a city show at an instant. */
export interface LocalTime {
  /** The day: `2026-12-07`. */
  readonly date: string;
  readonly weekday: Weekday;
  /** Time of the day: `07:30`. These texts sort as the times do. */
  readonly time: string;
}

/** What clock and calendar show; also at the changes of clock, as `Intl` knows them. */
export function localTime(instant: Date, { timeZone }: Pick<Calendar, "timeZone">): LocalTime {
  const fields = { weekday: "short", year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const parts = new Intl.DateTimeFormat("en", { timeZone, ...fields, ...clock }).formatToParts(instant);
  const part = (wanted: string): string => parts.find(({ type }) => type === wanted)?.value ?? "";
  const [weekday = "mon"] = WEEKDAYS.filter((day) => day === part("weekday").toLowerCase());
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    weekday,
    time: `${part("hour")}:${part("minute")}`,
  };
}
