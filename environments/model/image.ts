import { z } from "zod";
import { customizationSchema } from "./customization";
import { imageVersion, inventoryName, isoDate, slug, vgpuProfile } from "./primitives";

const source = {
  template: inventoryName.describe("Name of the template in vCenter, or of the library's item."),
  library: inventoryName
    .optional()
    .describe("Content library that has it as an item of the type VM template; by default the inventory has it."),
  snapshot: inventoryName
    .optional()
    .describe(
      "Name of the template's one snapshot, which linked clones share; not of a library's item. By default it has none.",
    ),
};

const clusterTemplate = z
  .strictObject({ cluster: inventoryName.describe("The cluster that machines are made in."), ...source })
  .describe("A cluster's own copy of the template, on a datastore that its hosts reach, or in a library at its site.");

const version = z.strictObject({
  ...source,
  released: isoDate.optional().describe("The day from which pools may take it; by default any day."),
  clusters: z
    .array(clusterTemplate)
    .optional()
    .describe(
      "Templates that clusters have of their own; by default machines in every cluster are cloned from template.",
    ),
});

const minimum = z
  .strictObject({
    cpus: z.int().min(1).describe("Virtual CPUs."),
    memoryGib: z.int().min(1).describe("Memory, in GiB."),
  })
  .describe("What its operating system needs, for example Windows 11 two CPUs and 4 GiB; by default nothing is asked.");

/** A golden image: an operating system and the template of each version. */
export const imageSchema = z
  .strictObject({
    guestId: z
      .string()
      .regex(/^[A-Za-z0-9_]+Guest(?:64)?$/, "a vSphere guest id such as windows11_64Guest")
      .describe("vSphere's guest operating system identifier, such as windows11_64Guest."),
    firmware: z.enum(["efi", "bios"]).default("efi").describe("Firmware that the template boots with."),
    diskGib: z.int().min(1).describe("Size of the template's system disk, in GiB."),
    minimum: minimum.optional(),
    vgpuProfile: vgpuProfile
      .optional()
      .describe(
        "vGPU profile of the device that all its templates have, and so every machine; by default they have none.",
      ),
    licenceServer: slug
      .optional()
      .describe(
        "The service, segment or network outside that licenses its vGPU, for example NVIDIA's Delegated License Service; without it " +
          "no flow is asked for, as with a node-locked licence. The template's driver names it too.",
      ),
    customization: customizationSchema.optional(),
    versions: z.record(imageVersion, version).describe("Its versions, each with the template to clone."),
  })
  .describe("A golden image.");

/** @see imageSchema */
export type Image = z.output<typeof imageSchema>;
