import { z } from "zod";
import { imageVersion, inventoryName, organizationalUnit, slug } from "./primitives";

/** What a city provides for another city's emergency: a number of seats, and all settings of their platform. */
export const hostingSchema = z
  .strictObject({
    city: slug.describe("Id of the city that may ask for them, in its emergency.surge."),
    pool: slug.describe("That city's pool; here their stacks are called <city>-<pool>-hosted."),
    seats: z.int().min(1).max(9999).describe("Maximum number of seats; there must be capacity for all of them."),
    workstation: slug.describe("The kind of workstation, one of this city's."),
    imageVersion: imageVersion.describe("Version of the workstation's image that they are cloned from."),
    cluster: inventoryName.describe("The cluster that they run in."),
    datastore: inventoryName
      .optional()
      .describe("The datastore that holds their disks; by default its cluster's first."),
    segment: slug.describe("The network segment that they are connected to."),
    organizationalUnit: organizationalUnit
      .optional()
      .describe("Where their computers' accounts are in the directory; by default where the directory puts new ones."),
    applications: z
      .array(slug)
      .default([])
      .describe("Applications that they use; their flows are open from the segment before an emergency too."),
  })
  .describe("Seats that another city may have here while its emergency is active.");

/** @see hostingSchema */
export type Hosting = z.output<typeof hostingSchema>;
