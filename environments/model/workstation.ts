import { z } from "zod";
import { inventoryName, slug } from "./primitives";

const [LARGEST_MEMORY_GIB, LARGEST_DISK_GIB] = [1024, 4096];
/**
 * VMware, "Setting Up Desktop and Application Pools in View" (Horizon 6.1.1), "Video RAM Configuration Options for the 3D
 * Renderer": 128 MB from hardware version 11 on, without the memory for 3D.
 */
const LARGEST_VIDEO_MEMORY_MIB = 128;

/** A kind of workstation. */
export const workstationSchema = z
  .strictObject({
    image: slug.describe("The golden image that it is cloned from."),
    cpus: z.int().min(1).max(128).describe("Virtual CPUs."),
    memoryGib: z.int().min(1).max(LARGEST_MEMORY_GIB).describe("Memory, in GiB."),
    memoryReservationGib: z
      .int()
      .min(0)
      .max(LARGEST_MEMORY_GIB)
      .default(0)
      .describe("Memory that a host always keeps for it, in GiB; all of it where the image has a vGPU."),
    diskGib: z
      .int()
      .min(1)
      .max(LARGEST_DISK_GIB)
      .optional()
      .describe("System disk, in GiB; at least the image's, which it is by default."),
    dataDiskGib: z
      .int()
      .min(1)
      .max(LARGEST_DISK_GIB)
      .optional()
      .describe(
        "Second disk for what its user keeps, in GiB; empty when it is made, by default there is none. Taken out, a kept " +
          "machine keeps it.",
      ),
    secureBoot: z.boolean().default(true).describe("EFI secure boot; needs an image with EFI firmware."),
    tpm: z
      .boolean()
      .default(false)
      .describe("A virtual TPM 2.0; needs an image with EFI firmware and platform.vsphere.keyProvider."),
    vbs: z
      .boolean()
      .default(false)
      .describe(
        "Virtualization-based security of Windows, with the virtual IOMMU and nested virtualization that it needs; needs an " +
          "image with EFI firmware, secureBoot and vSphere's provider 2.0 or later.",
      ),
    videoMemoryMib: z
      .int()
      .min(1)
      .max(LARGEST_VIDEO_MEMORY_MIB)
      .optional()
      .describe("Video memory, in MiB, without that of a vGPU; by default the template's."),
    storagePolicy: inventoryName
      .optional()
      .describe(
        "VM storage policy of vCenter for all its disks, such as VM Encryption Policy; by default the datastore's. One " +
          "that encrypts needs a key provider in vCenter.",
      ),
    applications: z
      .array(slug)
      .default([])
      .describe("Applications that it has; each brings its flows for every pool of this kind."),
    waitForGuest: z
      .boolean()
      .default(false)
      .describe(
        "Whether a deployment waits, up to 5 minutes a machine, until the guest reports its address; one that is late is " +
          "tainted by Terraform, and the next deployment replaces its machine.",
      ),
    shutdownMinutes: z
      .int()
      .min(1)
      .max(10)
      .default(3)
      .describe("Minutes that a machine has to shut down where a change restarts it."),
    forcePowerOff: z
      .boolean()
      .default(true)
      .describe(
        "Whether a machine that does not shut down in time is powered off, with what is not saved; false: its change fails, " +
          "and is made by the next deployment.",
      ),
  })
  .describe("The definition of a kind of workstation.");

/** A kind of workstation as its file says it. @see workstationSchema */
export type WorkstationValues = z.output<typeof workstationSchema>;

/** A kind of workstation whose system disk has a size: its own, or its image's. */
export type Workstation = WorkstationValues & { readonly diskGib: number };
