import { z } from "zod";
import { SUPPORT_DUTIES, SUPPORT_TASKS } from "../../access/vsphere/support-duties";
import { domainGroup, slug, textLine } from "./primitives";

const place = z
  .string()
  .max(60)
  .regex(/^(?:gateways|(?:pool|directorate):[a-z](?:-?[a-z0-9])*)$/, "pool:<name>, directorate:<id> or gateways")
  .describe("pool:<name>, directorate:<id>, or gateways: the city's gateways and access machines.");

const role = z
  .strictObject({
    name: slug.describe("Name of the role; vCenter shows it as <city>-<name>."),
    group: domainGroup.describe("The directory group that gets it."),
    duty: z
      .enum(SUPPORT_DUTIES)
      .optional()
      .describe(
        "What the group is there for: it gives the tasks and the objects that they are done on. By default only may counts, on " +
          "the city's whole folder with its gateways and access machines.",
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
        "What it is for: pools, all pools of directorates, or the gateways and access machines. By default all pools, and " +
          "these where the duty has to do with them.",
      ),
  })
  .describe("A support role.");

/** @see supportSchema */
export type SupportRole = z.output<typeof role>;

const contact = z
  .strictObject({
    duty: z.enum(SUPPORT_DUTIES).describe("What they are called for."),
    name: textLine.describe("The office that answers, never a person."),
    phone: z
      .string()
      .regex(/^\+?[\d ]{3,20}$/, "digits and blanks, such as 02 884 50000")
      .optional()
      .describe("Its telephone; this or a mail address is required."),
    mail: z.email("a mail address such as help-desk@comune.milano.example").optional().describe("Its mail address."),
    hours: textLine.describe("When it answers, as people there say it, such as lun-ven 7:30-19:00."),
    escalation: z
      .strictObject({
        to: z.enum(SUPPORT_DUTIES).describe("Who is called next; named in contacts too."),
        afterMinutes: z.int().min(1).max(10_080).describe("After how many minutes without a repair."),
      })
      .optional()
      .describe("Who is called next, and when; by default nobody."),
  })
  .describe("Who is called for what.");

/** @see supportSchema */
export type SupportContact = z.output<typeof contact>;

/** Support staff and their permissions in vCenter. */
export const supportSchema = z
  .strictObject({
    roles: z.array(role).default([]).describe("Support roles."),
    contacts: z
      .array(contact)
      .default([])
      .describe(
        "Who is called for what, for the handbook; by default it says that the file names nobody, and nothing where there are no roles either.",
      ),
  })
  .describe("Support of the workstations.");
