import { z } from "zod";
import { SUPPORT_DUTIES, SUPPORT_TASKS } from "../../access/vsphere/support-duties";
import { domainGroup, slug } from "./primitives";

const place = z
  .string()
  .max(60)
  .regex(/^(?:gateways|(?:pool|directorate):[a-z](?:-?[a-z0-9])*)$/, "pool:<name>, directorate:<id> or gateways")
  .describe("pool:<name>, directorate:<id> or gateways.");

const role = z
  .strictObject({
    name: slug.describe("Name of the role; vCenter shows it as <city>-<name>."),
    group: domainGroup.describe("The directory group that gets it."),
    duty: z
      .enum(SUPPORT_DUTIES)
      .optional()
      .describe(
        "What the group is there for: it gives the tasks and the objects that they are done on. By default only may counts, on " +
          "the city's whole folder with its gateways.",
      ),
    may: z
      .array(z.enum(SUPPORT_TASKS))
      .min(1)
      .optional()
      .describe(
        "Its tasks, some of its duty's; by default all of them. Required without a duty: those of the help desk.",
      ),
    on: z
      .array(place)
      .min(1)
      .optional()
      .describe(
        "What it is for: pools, all pools of directorates, or the gateways. By default all pools, and the gateways where the " +
          "duty has to do with them.",
      ),
  })
  .describe("A support role.");

/** @see supportSchema */
export type SupportRole = z.output<typeof role>;

/** Support staff and their permissions in vCenter. */
export const supportSchema = z
  .strictObject({ roles: z.array(role).default([]).describe("Support roles.") })
  .describe("Support of the workstations.");
