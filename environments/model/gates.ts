import { z } from "zod";
import { isoDate, textLine } from "./primitives";

const share = z
  .strictObject({
    seats: z
      .int()
      .min(0)
      .max(9999)
      .optional()
      .describe("So many seats of one pool; by default their number does not count."),
    percent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("So many percent of a pool's seats; by default their share does not count."),
  })
  .refine(({ seats, percent }) => seats !== undefined || percent !== undefined, "seats, percent, or both");

const anything = z.literal(true);

/**
 * Gates that a file may close, besides those that always exist; a missing one is open. They stop a change until it
 * is waived.
 */
const gatesSchema = z
  .strictObject({
    restarted: share.optional().describe("More of a pool's machines than this restart."),
    replaced: share.optional().describe("More of a pool's machines than this are replaced."),
    assignedReplaced: anything.optional().describe("A machine with a holder is replaced."),
    destroyed: anything
      .optional()
      .describe("Anything is destroyed, machines of retired seats too, or forgotten by Terraform."),
    dataZone: anything.optional().describe("Something opens into the zone data that was closed."),
    privilege: anything.optional().describe("An identity gains permissions in Vault, or other people log in as it."),
    capacityPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("Of hosts, datastores or segments that the change touches less than so many percent stays free."),
    drift: anything.optional().describe("A stack's resource was changed outside Terraform."),
  })
  .describe("What stops a change until a waiver lets it pass.");

/** Settings of a city's gates. */
export type Gates = z.output<typeof gatesSchema>;

/**
 * Gates that always exist, since a change must not remove them: destinations of logins, the review itself, and, asked by what
 * deploys and not by a preview, windows of pools' maintenance, and whether the seats are healthy that have a rollout's version.
 */
const ALWAYS = ["destinations", "review", "maintenance", "rollout"] as const;

/** Names of the gates that a file may have. */
export const DECLARED_GATES = gatesSchema.keyof().options;

/** Names of all gates. */
export const GATES = [...ALWAYS, ...DECLARED_GATES] as const;

/** Whether a city has a gate. */
export function hasGate(gates: Gates, gate: Gate): boolean {
  return isAlways(gate) || gates[gate] !== undefined;
}

function isAlways(gate: Gate): gate is (typeof ALWAYS)[number] {
  return ALWAYS.some((each) => each === gate);
}

/** @see GATES */
export type Gate = (typeof GATES)[number];

const waiverSchema = z
  .strictObject({
    gate: z.enum(GATES).describe("The gate that it opens."),
    scope: textLine.describe(
      "Its scope, as in the preview: a pool, a stack, from -> to, an identity, a resource, or a key of the file.",
    ),
    reason: textLine.describe("Why it may pass."),
    owner: textLine.describe("Who is responsible for it."),
    until: isoDate.describe("Its last day; it is held against asOf."),
  })
  .describe("A change that passes a gate for a time.");

/** A waiver of a gate. */
export type Waiver = z.output<typeof waiverSchema>;

/** What the reviewer of a change must decide. */
export const reviewSchema = z
  .strictObject({
    gates: gatesSchema.prefault({}),
    waivers: z.array(waiverSchema).default([]).describe("Waivers, with a reason and a last day."),
  })
  .describe("Gates that stop a change, and their waivers.");
