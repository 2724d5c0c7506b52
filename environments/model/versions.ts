import { z } from "zod";

/**
 * Rules for a secret's older versions. Vault sets them for a whole store or a single secret, but not for a folder:
 * pools, directorates and teams share them. A directorate with other retention rules needs its own store.
 */
export const versionsSchema = z
  .strictObject({
    keep: z
      .int()
      .min(2)
      .max(100)
      .default(10)
      .describe("Versions of a secret that Vault keeps, its own default; the next one destroys the oldest for good."),
    deleteAfterDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe(
        "After how many days a version is deleted, counted from when it was put in: the current one too. Until it is pushed out it can be brought back. By default never.",
      ),
    casRequired: z
      .boolean()
      .default(false)
      .describe(
        "Whether whoever writes must say which version he replaces, so that nobody overwrites unseen what another has just put in.",
      ),
  })
  .describe("What becomes of a secret's older versions, in the whole of the city's store.");
