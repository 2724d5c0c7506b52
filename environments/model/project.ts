import { z } from "zod";
import { amount, textLine } from "./primitives";

const funding = z
  .strictObject({
    currency: z.literal("EUR").describe("ISO 4217 code of the amounts."),
    programmed: amount.describe("Amount programmed for the project."),
    admitted: amount.optional().describe("Amount admitted to funding."),
    binding: amount.optional().describe("Amount legally bound."),
    paid: amount.optional().describe("Amount paid out so far."),
  })
  .describe("The project's funding, in euro.");

/** The funded project that a city's desktops belong to. Its code and CUP become tags of every machine. */
export const projectSchema = z
  .strictObject({
    code: z
      .string()
      .regex(/^[A-Z]{2}\d+(?:\.\d+)*\.[a-z]$/, "two capitals, numbers with dots, and a letter, such as MI6.1.1.b")
      .describe("Code of the project in its programme, such as MI6.1.1.b."),
    action: z
      .string()
      .regex(/^\d+(?:\.\d+){2}$/, "three numbers with dots, such as 6.1.1")
      .describe("The programme's action that funds it."),
    title: textLine.describe("The project's published title."),
    cup: z
      .string()
      .regex(/^[A-Z]\d{2}[A-Z]\d{11}$/, "a capital, two digits, a capital and eleven digits, such as B41B21005770001")
      .optional()
      .describe("Codice Unico di Progetto; left out where none is published."),
    manager: textLine.optional().describe("The person responsible for the procedure (R.U.P.)."),
    consolidates: textLine.optional().describe("Code of an earlier project that this one makes permanent."),
    funding,
  })
  .describe("The funded project that the desktops belong to.");
