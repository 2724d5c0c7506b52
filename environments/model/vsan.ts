import { z } from "zod";

/** That a datastore is vSAN's, and what its machines cost of vSAN's components. */
export const vsanSchema = z
  .strictObject({
    architecture: z
      .enum(["osa", "esa"])
      .describe("osa: the Original Storage Architecture, with disk groups. esa: the Express Storage Architecture."),
    components: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe(
        "Components of an object by the storage policy of its machines; by default 3 (osa: two copies and a witness) or 7 " +
          "(esa: five of RAID-5 and two of the performance leg, which is assumed).",
      ),
    devices: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe("Devices that each host gives to it; only with esa do they bound the components. By default enough."),
  })
  .describe(
    "That the datastore is vSAN's: its hosts then have fewer machines, and so many components. Without it neither is checked.",
  );

/** @see vsanSchema */
export type Vsan = z.output<typeof vsanSchema>;
