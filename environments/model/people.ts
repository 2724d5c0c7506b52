import { z } from "zod";
import { groupName, slug, textLine } from "./primitives";

const group = groupName.describe(
  "The directory's group, whose members are the team: of Active Directory its sAMAccountName, of an OpenLDAP the common name of one right below groupDn.",
);

const grant = z
  .strictObject({
    to: textLine.describe(
      "pools, directorates, pools/<name>, directorates/<id> or teams/<name>, or one secret below, such as pools/anagrafe/domain-join.",
    ),
    may: z
      .enum(["names", "read", "write"])
      .describe(
        "names: list, and see when a value changed; read: also the values; write: also put new ones, take the last one out and bring it back.",
      ),
  })
  .describe("What a team may do with secrets at a place; everything else is denied.");

const team = z
  .strictObject({
    name: slug.describe("Name of the team; teams/<name> is its own place, where it may write."),
    group,
    access: z.array(grant).default([]).describe("What it may do elsewhere."),
  })
  .describe("People with the same work.");

/** How people log in to Vault, and which secrets they may read. */
export const peopleSchema = z
  .strictObject({
    loginMinutes: z.int().min(5).max(480).default(60).describe("Life of a person's Vault token, in minutes."),
    teams: z.array(team).default([]).describe("The teams."),
    breakGlass: z
      .strictObject({
        group,
        minutes: z.int().min(1).max(60).default(15).describe("Life of the token, in minutes."),
      })
      .optional()
      .describe("Who may read every secret of the city in an emergency, wrapped only; by default nobody."),
  })
  .describe("How people log in to Vault, with the login that the directory knows, and which secrets they may have.");

/** @see peopleSchema */
export type People = z.output<typeof peopleSchema>;
