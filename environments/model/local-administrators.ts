import { z } from "zod";
import { slug } from "./primitives";

/** Microsoft, "Configure policy settings for Windows LAPS": PasswordAgeDays and PasswordLength; 14 is its default length. */
const [MOST_DAYS, SHORTEST, LONGEST] = [365, 14, 64] as const;

/** The passwords of the local administrators of Windows desktops, by Windows LAPS. */
export const localAdministratorsSchema = z
  .strictObject({
    readBy: slug.describe("The team of secrets.people whose group alone may read and decrypt them."),
    rotateEveryDays: z.int().min(1).max(MOST_DAYS).default(30).describe("Rotation period of each, in days."),
    passwordLength: z.int().min(SHORTEST).max(LONGEST).default(24).describe("Characters of each."),
  })
  .describe(
    "Each Windows desktop gives its local administrator a password of its own, and keeps it encrypted at its computer's account " +
      "in Active Directory (Windows LAPS). A group policy of the domain orders it: report prerequisites has its settings, " +
      "preflight looks at the schema and at who may read, computers tells which desktops have none yet.",
  );
