import { z } from "zod";
import { imageVersion } from "./primitives";
import { seatNumbersSchema } from "./seat-numbers";

const percent = z.int().min(1).max(100);

/** Progress of a new image version in a pool. */
export const rolloutSchema = z
  .strictObject({
    to: imageVersion.describe("The version that comes; it takes the place of imageVersion seat by seat."),
    canaryPercent: percent
      .optional()
      .describe(
        "Percent of the seats that get it first, others with each version; by default none beside the ring, without which it has to " +
          "be there.",
      ),
    ring: seatNumbersSchema
      .min(1)
      .optional()
      .describe("Seats that get it first, such as those of people who offered to; by default no single ones."),
    batches: z
      .array(percent)
      .default([])
      .describe("Percent of the seats that have it after each batch, the canaries among them."),
    state: z
      .string()
      .regex(/^(?:canary|batch-[1-9]\d?|promoted|rolled-back)$/, "canary, batch-1 and so on, promoted or rolled-back")
      .describe("canary, batch-1 and so on, promoted (all seats have it) or rolled-back (none has it)."),
    stopAtPercent: z
      .int()
      .min(0)
      .max(99)
      .default(10)
      .describe(
        "No larger share is deployed while more than this percent of the seats that have the new version and are on are not healthy, or " +
          "none is, in a pool whose seats report.",
      ),
  })
  .refine(
    ({ canaryPercent, ring }) => canaryPercent !== undefined || ring !== undefined,
    "canaryPercent, ring, or both",
  )
  .describe(
    "A new version of the image on its way into a pool. Once it is promoted, write it as imageVersion and take the " +
      "rollout out: no machine changes by that.",
  );

/** @see rolloutSchema */
export type Rollout = z.output<typeof rolloutSchema>;
