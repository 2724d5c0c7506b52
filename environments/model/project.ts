import { z } from "zod";
import { amount, isoDate, textLine } from "./primitives";
import { publicationSchema } from "./publication";

const funding = z
  .strictObject({
    currency: z.literal("EUR").describe("ISO 4217 code of the amounts."),
    totalCost: amount.optional().describe("Total cost of the project, where it is more than what is programmed."),
    programmed: amount.describe("Amount programmed for the project."),
    admitted: amount.optional().describe("Amount admitted to funding."),
    binding: amount.optional().describe("Amount legally bound."),
    paid: amount.optional().describe("Amount paid out so far."),
  })
  .describe("The project's funding, in euro.");

/**
 * The funded project that a city's desktops belong to. Its code and CUP become tags of every machine. A city that pays for
 * them itself leaves it out.
 */
export const projectSchema = z
  .strictObject({
    code: z
      .string()
      .regex(/^[A-Z]{2}\d+(?:\.\d+)*\.[a-z]$/, "two capitals, numbers with dots, and a letter, such as MI6.1.1.b")
      .describe("Code of the project in its programme, such as MI6.1.1.b."),
    action: z
      .string()
      .regex(/^\d+(?:\.\d+){2}$/, "three numbers with dots, such as 6.1.1")
      .optional()
      .describe("The programme's action that funds it."),
    title: textLine.describe("The project's published title."),
    cup: z
      .string()
      .regex(/^[A-Z]\d{2}[A-Z]\d{11}$/, "a capital, two digits, a capital and eleven digits, such as B41B21005770001")
      .optional()
      .describe("Codice Unico di Progetto; left out where none is published."),
    programme: textLine.optional().describe("The programme that funds it, such as PON Metro 2014-2020."),
    fund: textLine.optional().describe("The fund that it is paid from, such as FESR."),
    objective: textLine.optional().describe("The programme's specific objective that it serves."),
    cofinancingPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("The Union's share of its cost, in percent (co-financing rate)."),
    interventionType: textLine.optional().describe("Its type of intervention, as the programme codes it."),
    purpose: textLine.optional().describe("What it is for, and what it has achieved or is to achieve."),
    starts: isoDate.optional().describe("Its first day."),
    ends: isoDate.optional().describe("Its last day, expected or actual."),
    contractors: z.array(textLine).default([]).describe("Names of the companies that it was awarded to."),
    publication: publicationSchema.optional(),
    manager: textLine.optional().describe("The person responsible for the procedure (R.U.P.)."),
    consolidates: textLine.optional().describe("Code of an earlier project that this one makes permanent."),
    funding: funding.optional(),
  })
  .describe("The funded project that the desktops belong to; by default there is none, and nothing speaks of one.");
