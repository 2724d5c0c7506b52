import { z } from "zod";
import { localAdministratorsSchema } from "./local-administrators";
import { distinguishedName, slug } from "./primitives";
import { hostName, ldapsUrl } from "./urls";

/** The directory of people, groups and accounts. */
export const directorySchema = z
  .strictObject({
    url: ldapsUrl.describe("URL of its server, with TLS."),
    userDn: distinguishedName.describe("Base DN of people, such as OU=Personale,DC=comune,DC=milano,DC=example."),
    groupDn: distinguishedName.describe(
      "Base DN of groups: in OpenLDAP directly there, in Active Directory anywhere below.",
    ),
    userDomain: hostName
      .optional()
      .describe(
        "Active Directory's suffix of logins, such as comune.milano.example; by default it is an OpenLDAP, where people log in by uid.",
      ),
    domainControllers: slug
      .optional()
      .describe(
        "Where its domain controllers are: the name of a service, segment or network outside. Required if userDomain is set " +
          "and desktops join: flows must open every port of the preset active-directory from each of their segments.",
      ),
    minimumPasswordAgeHours: z
      .int()
      .min(0)
      .max(998 * 24)
      .default(24)
      .describe("Its minimum password age, in hours; Active Directory's default is a day."),
    localAdministrators: localAdministratorsSchema.optional(),
  })
  .describe("The city's directory. People log in as themselves: no account reads it for Vault.");

/** @see directorySchema */
export type Directory = z.output<typeof directorySchema>;

const account = z
  .strictObject({
    name: slug.describe("Name of the account in Vault."),
    username: z
      .string()
      .regex(/^[\w.-]{1,64}$/, "a login of letters, digits, dots, hyphens and underscores")
      .describe("The login itself."),
    dn: distinguishedName.describe("DN of the account."),
    rotateEveryHours: z
      .int()
      .min(1)
      .max(24 * 365)
      .describe("Rotation period of its password, in hours."),
    joins: z
      .array(slug)
      .default([])
      .describe("Pools whose desktops join the domain with it, and may read its password."),
  })
  .describe("An account whose password only Vault knows.");

/** The directory accounts whose passwords Vault generates and rotates. */
export const accountsSchema = z
  .strictObject({
    manager: distinguishedName.describe(
      "The account that may set the others' passwords; Vault rotates its own once it has it.",
    ),
    rotated: z.array(account).min(1).describe("The accounts."),
  })
  .describe("Directory accounts whose passwords Vault generates and rotates.");

/** @see accountsSchema */
export type Accounts = z.output<typeof accountsSchema>;
