import { z } from "zod";
import { httpsUrl, textLine } from "./primitives";

/** Who may have which secrets; never a secret itself. */
export const secretsSchema = z
  .strictObject({
    passwordLength: z.int().min(14).max(128).default(24).describe("Characters of a password that Vault generates."),
    certificateDays: z.int().min(1).max(90).default(30).describe("Longest life of a desktop's certificate, in days."),
    loginMinutes: z.int().min(1).max(60).default(20).describe("Life of a desktop's Vault token, in minutes."),
    ci: z
      .strictObject({
        platform: z.enum(["gitlab", "github"]).describe("Decides which claims tell repository and branch."),
        issuer: httpsUrl.describe("Issuer of the CI jobs' identity tokens."),
        audience: textLine.describe("Audience that a CI job's identity token must name."),
        repository: z
          .string()
          .regex(/^[\w.-]+(?:\/[\w.-]+)+$/, "a path such as group/repository")
          .describe("The only repository whose jobs may log in."),
        branch: z
          .string()
          .regex(/^[\w./-]+$/, "a branch's name")
          .describe("The protected branch whose jobs may apply."),
      })
      .describe("How CI's jobs log in to Vault: one role to plan, one to apply."),
  })
  .describe("The city's secrets in Vault: rules and roles, never values.");
