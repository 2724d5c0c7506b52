import { z } from "zod";
import { isoDate } from "./primitives";

/** Days of the week, as `Intl` writes them in English, in lower case. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** @see WEEKDAYS */
export type Weekday = (typeof WEEKDAYS)[number];

/** A time of the day in the city's time zone. Example: `07:30`. */
export const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of the day from 00:00 to 23:59, in quotes, such as "07:30"');

/** When the city works: what hours in the file mean. */
export const calendarSchema = z
  .strictObject({
    timeZone: z
      .string()
      .max(60)
      .refine(isTimeZone, { error: "a time zone of the IANA database, such as Europe/Rome" })
      .default("Europe/Rome")
      .describe("Time zone of all times of the day in the file, an IANA name; its changes of clock are followed."),
    holidays: z
      .array(isoDate)
      .default([])
      .describe("Days on which nobody works, whatever day of the week they are; the patron saint's among them."),
  })
  .describe("When the city works.");

/** @see calendarSchema */
export type Calendar = z.output<typeof calendarSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}
