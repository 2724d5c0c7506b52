import { z } from "zod";
import { slug, textLine } from "./primitives";

const sshRole = z
  .strictObject({
    name: slug.describe("Name of the role."),
    machines: z
      .array(textLine)
      .min(1)
      .describe("Machines that trust its certificates: gateways, or pools/<name> of a pool with Linux."),
    logins: z
      .array(textLine)
      .min(1)
      .describe("Accounts on these machines that it is for; the first is the default. Never root."),
    teams: z.array(slug).min(1).describe("Teams of secrets.people whose people may have a certificate."),
    minutes: z.int().min(5).max(480).default(30).describe("Lifetime of a certificate, in minutes."),
  })
  .describe("Who may log in by SSH, on which machines, to which accounts, and how long a certificate is valid.");

/** The city's certificate authority for SSH logins of people. */
export const sshSchema = z
  .strictObject({ roles: z.array(sshRole).min(1).describe("Its roles.") })
  .describe(
    "A certificate authority in Vault that signs people's SSH keys for a short time; by default there is none.",
  );
