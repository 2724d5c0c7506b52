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
        "After how many days since it was written a version is deleted, the current one too. It can be restored until newer versions replace it. By default never.",
      ),
    casRequired: z
      .boolean()
      .default(false)
      .describe(
        "Whether a write must name the version that it replaces (check-and-set), so that nobody overwrites a newer value unseen.",
      ),
  })
  .describe("Rules for older versions of secrets, for the whole store of the city.");
