import { z } from "zod";
import { httpsUrl } from "./urls";

/**
 * Where a city publishes its open data, for the metadata of DCAT-AP_IT. Frequencies are codes of the EU's Frequency
 * Named Authority List, which that profile asks for.
 */
export const publicationSchema = z
  .strictObject({
    holder: z
      .string()
      .regex(/^[a-z][a-z0-9_]{1,29}$/, "a code of the Indice PA in lower case, such as c_f205")
      .describe("The city's code in the index of public administrations (codice IPA), such as c_f205."),
    address: httpsUrl.describe(
      "Address of the folder that the files are published in, such as https://dati.example/vdi.",
    ),
    frequency: z
      .enum(["MONTHLY", "QUARTERLY", "ANNUAL_3"])
      .default("ANNUAL_3")
      .describe(
        "How often it is published anew: by default every four months, the longest that Regulation (EU) 2021/1060, " +
          "article 49(3), allows.",
      ),
    contact: z
      .string()
      .max(254)
      .regex(/^[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, "an office's mail address, such as opendata@comune.example")
      .optional()
      .describe("Mail address of the office that answers questions on the data."),
  })
  .describe("Where the project's open data are published; by default they have no catalogue.");

/** @see publicationSchema */
export type Publication = z.output<typeof publicationSchema>;
