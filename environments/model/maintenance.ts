import { z } from "zod";
import { timeOfDay, WEEKDAYS } from "./calendar";

const MINUTES_A_DAY = 1440;

const windowSchema = z
  .strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1).describe("Days of the week on which it begins, holidays too."),
    start: timeOfDay.describe("When it begins."),
    stop: timeOfDay.describe("When it ends: on the next day where it is earlier than start."),
  })
  .describe("A time of the week.");

/** When seats of a pool may be disturbed, and what people are told. */
export const maintenanceSchema = z
  .strictObject({
    windows: z
      .array(windowSchema)
      .min(1)
      .describe("When its seats may be replaced, restarted or removed; at no other time without a waiver."),
    warnMinutes: z
      .array(z.int().min(1).max(MINUTES_A_DAY))
      .default([30, 10])
      .describe(
        "How many minutes before the end people who still work at such a seat are asked again to log off; the first time they are " +
          "as soon as the deployment begins.",
      ),
    atEnd: z
      .enum(["wait", "log-off"])
      .default("wait")
      .describe(
        "What becomes of the seats at which somebody still works then: wait leaves them to a later deployment, log-off ends the " +
          "sessions.",
      ),
  })
  .describe(
    "When apply and deploy may disturb people at its seats: they keep new ones away, change the free seats first, and wait until the " +
      "others log off. By default they change seats at once.",
  );

/** @see maintenanceSchema */
export type Maintenance = z.output<typeof maintenanceSchema>;

/** @see maintenanceSchema */
export type MaintenanceWindow = Maintenance["windows"][number];
