import { z } from "zod";
import { slug, textLine } from "./primitives";

const sshRole = z
  .strictObject({
    name: slug.describe("Name of the role."),
    machines: z
      .array(textLine)
      .min(1)
      .describe("Which machines believe its certificates: gateways, or pools/<name> of a pool with Linux."),
    logins: z
      .array(textLine)
      .min(1)
      .describe("Accounts of these machines that it is for; whoever names none gets the first. Never root."),
    teams: z.array(slug).min(1).describe("Teams of secrets.people whose people may have a certificate."),
    minutes: z.int().min(5).max(480).default(30).describe("Life of a certificate, in minutes."),
  })
  .describe("Who logs in where by SSH, as whom, and how long a certificate lets him.");

/** The city's certificate authority for SSH logins of people. */
export const sshSchema = z
  .strictObject({ roles: z.array(sshRole).min(1).describe("For whom it signs.") })
  .describe(
    "A certificate authority in Vault that signs people's SSH keys for a short time; by default there is none.",
  );

/** @see sshSchema */
export type Ssh = z.output<typeof sshSchema>;

/** A role of people for SSH logins. */
export type SshRole = Ssh["roles"][number];
