import { z } from "zod";
import { inventoryName, shortCode, slug } from "./primitives";

/** Extra seats of a pool while an emergency is active. */
export const surgeSchema = z
  .strictObject({
    pool: slug.describe(
      "The pool; the seats are as its own, or with hostedBy as the other city has them, but floating.",
    ),
    code: shortCode.describe(
      "Short code in their names, unique among those of all pools, with hostedBy of that city's too.",
    ),
    seats: z.int().min(1).max(9999).describe("How many seats there are. Never lowered while the emergency is active."),
    cluster: inventoryName
      .optional()
      .describe(
        "The cluster that they run in; by default they are where the pool is. Not with hostedBy: the host says where.",
      ),
    hostedBy: slug
      .optional()
      .describe(
        "Id of the city in which they are made, as its emergency.hosting allows, in its stacks called <city>-<pool>-hosted; " +
          "by default this city, in stacks called <pool>-surge.",
      ),
  })
  .describe("Seats beside a pool's own while the emergency is active.");

/** @see surgeSchema */
export type Surge = z.output<typeof surgeSchema>;
