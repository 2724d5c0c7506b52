import { z } from "zod";
import { seatRangeSchema } from "./seat-numbers";

/** Seats of a pool that are released together. */
export const waveSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9](?:-?[a-z0-9])*$/, "lower-case letters, digits and single hyphens")
      .max(40)
      .describe("Its name in the deployment plan, unique in its pool, such as 2026-1."),
    workSite: z.int().min(2014).max(2100).describe("The yearly work site (cantiere di lavoro) that it belongs to."),
    seats: seatRangeSchema.describe("Its seat numbers, from the first to the last, such as 1-300."),
    released: z.boolean().describe("Whether its seats are created. A wave that is not released costs nothing."),
  })
  .describe("A wave of the deployment plan.");

/** @see waveSchema */
export type Wave = z.output<typeof waveSchema>;
