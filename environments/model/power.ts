import { z } from "zod";
import { timeOfDay, WEEKDAYS } from "./calendar";

/** When the seats of a pool are on. */
export const powerSchema = z
  .strictObject({
    start: timeOfDay.describe("From when all its seats are on: before people come, as machines take minutes to start."),
    stop: timeOfDay.describe("From when seats that nobody uses are shut down; later than start."),
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .default(["mon", "tue", "wed", "thu", "fri"])
      .describe("Days of the week on which people work; calendar.holidays are none of them."),
    reserve: z
      .int()
      .min(0)
      .max(9999)
      .default(0)
      .describe("Seats that nobody uses and that are on at all other times, for who comes early, or an emergency."),
  })
  .describe(
    "When its seats are on; power CITY starts and shuts them down, and Terraform does not. By default they are always on.",
  );

/** @see powerSchema */
export type Power = z.output<typeof powerSchema>;
