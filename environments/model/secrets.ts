import { z } from "zod";
import { ipRange } from "./addresses";
import { authoritySchema } from "./authority";
import { ciSchema } from "./ci";
import { accountsSchema, directorySchema } from "./directory";
import { peopleSchema } from "./people";
import { textLine } from "./primitives";
import { requestRatesSchema } from "./request-rates";
import { versionsSchema } from "./versions";
import { sshSchema } from "./ssh";
import { stateKeySchema } from "./state-key";

const expectation = z
  .strictObject({
    who: textLine.describe(
      "pool:<name>, gateways, team:<name>, break-glass, ci:plan, ci:apply, ci:first-secrets or ci:secrets.",
    ),
    secret: textLine.describe("A secret of the city, such as pools/tecnica/licence-server, or accounts/<name>."),
  })
  .describe("Somebody and a secret.");

/** A wider range includes strangers. */
const SHORTEST_PREFIX = { 4: 8, 6: 32 } as const;

const boundRange = ipRange
  .refine(
    (range) => Number(range.split("/")[1]) >= SHORTEST_PREFIX[range.includes(":") ? 6 : 4],
    "a range of /8 or longer (IPv4), /32 or longer (IPv6): a wider one binds nobody",
  )
  .describe("An IPv4 or IPv6 range in CIDR notation; a single address with /32 or /128.");

const firstValue = z
  .strictObject({
    secret: textLine.describe("Where it lies, such as pools/tecnica/licence-server."),
    renewEveryDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe("After how many days its owner should put another one in its place; by default never."),
  })
  .describe("A password that Vault makes once.");

/** A password that Vault generates once. */
export type FirstValue = z.output<typeof firstValue>;

/** Who may read which secrets; never a secret itself. */
export const secretsSchema = z
  .strictObject({
    passwordLength: z.int().min(14).max(128).default(24).describe("Characters of a password that Vault generates."),
    certificateDays: z.int().min(1).max(90).default(30).describe("Longest life of a desktop's certificate, in days."),
    loginMinutes: z.int().min(1).max(60).default(20).describe("Life of a desktop's Vault token, in minutes."),
    machinesSeenFrom: z
      .array(boundRange)
      .min(1)
      .optional()
      .describe(
        "Ranges from which Vault sees the city's machines where something between translates their addresses, such as a load " +
          "balancer; by default each pool's segment, and the gateways' own addresses. From elsewhere none of them logs in.",
      ),
    ci: ciSchema,
    authority: authoritySchema.optional(),
    directory: directorySchema.optional(),
    people: peopleSchema.optional(),
    accounts: accountsSchema.optional(),
    versions: versionsSchema.prefault({}),
    requestsPerSecond: requestRatesSchema.prefault({}),
    ssh: sshSchema.optional(),
    stateKey: stateKeySchema.optional(),
    values: z.array(firstValue).default([]).describe("Passwords that are made in Vault, not read and not overwritten."),
    mustRead: z
      .array(expectation)
      .default([])
      .describe("Who reads which secret; a file in which he could not is refused."),
    mustNotRead: z
      .array(expectation)
      .default([])
      .describe("Who must never read which secret; a file in which he could is refused."),
  })
  .describe("The city's secrets in Vault: rules and roles, never values.");
