import { z } from "zod";
import { domainGroup, slug } from "./primitives";

/** Support staff and their permissions on desktops in vCenter. */
export const supportSchema = z
  .strictObject({
    roles: z
      .array(
        z
          .strictObject({
            name: slug.describe("Name of the role; vCenter shows it as <city>-<name>."),
            group: domainGroup.describe("The directory group that gets it."),
            may: z
              .array(z.enum(["power", "console", "snapshot-revert"]))
              .min(1)
              .describe("What the group may do with every desktop of the city."),
          })
          .describe("A support role."),
      )
      .default([])
      .describe("Support roles."),
  })
  .describe("Support of the workstations.");
