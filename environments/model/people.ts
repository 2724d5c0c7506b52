import { z } from "zod";
import { groupName, slug, textLine } from "./primitives";

const group = groupName.describe(
  "The directory's group, whose members are the team: in Active Directory its sAMAccountName, in OpenLDAP the common name of a group directly below groupDn.",
);

const grant = z
  .strictObject({
    to: textLine.describe(
      "pools, directorates, pools/<name>, directorates/<id> or teams/<name>, or one secret below, such as pools/anagrafe/domain-join.",
    ),
    may: z
      .enum(["names", "read", "write"])
      .describe(
        "names: list, and read metadata; read: also the values; write: also write new ones, delete the last one and restore it.",
      ),
  })
  .describe("A team's permission on secrets; everything else is denied.");

const team = z
  .strictObject({
    name: slug.describe("Name of the team; teams/<name> is its own folder, where it may write."),
    group,
    access: z.array(grant).default([]).describe("Its permissions elsewhere."),
  })
  .describe("People with the same task.");

/** How people log in to Vault, and which secrets they may read. */
export const peopleSchema = z
  .strictObject({
    loginMinutes: z.int().min(5).max(480).default(60).describe("Lifetime of a person's Vault token, in minutes."),
    teams: z.array(team).default([]).describe("The teams."),
    breakGlass: z
      .strictObject({
        group,
        minutes: z.int().min(1).max(60).default(15).describe("Lifetime of the token, in minutes."),
      })
      .optional()
      .describe("Who may read every secret of the city in an emergency, wrapped only; by default nobody."),
  })
  .describe("How people log in to Vault, with their directory login, and which secrets they may read.");

/** @see peopleSchema */
export type People = z.output<typeof peopleSchema>;
