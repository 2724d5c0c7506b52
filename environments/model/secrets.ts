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
  .describe("An identity and a secret.");

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
    secret: textLine.describe("Its path, such as pools/tecnica/licence-server."),
    renewEveryDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe("After how many days its owner should replace it; by default never."),
  })
  .describe("A password that Vault generates once.");

/** A password that Vault generates once. */
export type FirstValue = z.output<typeof firstValue>;

/** Who may read which secrets; never a secret itself. */
export const secretsSchema = z
  .strictObject({
    passwordLength: z.int().min(14).max(128).default(24).describe("Characters of a password that Vault generates."),
    certificateDays: z
      .int()
      .min(1)
      .max(90)
      .default(30)
      .describe("Maximum lifetime of a desktop's certificate, in days."),
    loginMinutes: z.int().min(1).max(60).default(20).describe("Lifetime of a desktop's Vault token, in minutes."),
    machinesSeenFrom: z
      .array(boundRange)
      .min(1)
      .optional()
      .describe(
        "Ranges from which Vault sees the city's machines where something between translates their addresses, such as a load " +
          "balancer; by default each pool's segment, and the gateways' own addresses. From elsewhere none of them logs in.",
      ),
    ci: ciSchema.optional(),
    authority: authoritySchema.optional(),
    directory: directorySchema.optional(),
    people: peopleSchema.optional(),
    accounts: accountsSchema.optional(),
    versions: versionsSchema.prefault({}),
    requestsPerSecond: requestRatesSchema.prefault({}),
    ssh: sshSchema.optional(),
    stateKey: stateKeySchema.optional(),
    values: z
      .array(firstValue)
      .default([])
      .describe("Passwords that Vault generates once; they are neither read nor overwritten."),
    mustRead: z
      .array(expectation)
      .default([])
      .describe("Who must be able to read which secret; otherwise the file is refused."),
    mustNotRead: z
      .array(expectation)
      .default([])
      .describe("Who must never be able to read which secret; otherwise the file is refused."),
  })
  .describe("The city's secrets in Vault: rules and roles, never values.");
