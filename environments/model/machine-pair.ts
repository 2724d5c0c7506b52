import { z } from "zod";
import { inventoryName } from "./primitives";

/** What the machines of a pair are cloned with, gateways or access machines, beside their template. */
export const pairGuest = {
  guestId: z
    .string()
    .regex(/^[A-Za-z0-9_]+Guest(?:64)?$/, "a vSphere guest id such as debian12_64Guest")
    .default("debian12_64Guest")
    .describe("vSphere's guest operating system identifier."),
  firmware: z.enum(["efi", "bios"]).default("efi").describe("Firmware that the template boots with."),
};

/** Where the two stand. */
export const pairClusters = z
  .tuple([inventoryName, inventoryName])
  .describe("Cluster of the first and of the second; in one cluster they are kept on different hosts.");

/** System disk of each. */
export const pairDiskGib = z
  .int()
  .min(1)
  .max(256)
  .default(8)
  .describe("System disk of each, in GiB; at least the template's.");

/** By which the two agree who has the shared addresses (RFC 5798). */
export const virtualRouterId = z.int().min(1).max(255);
