import { diskFitsImage } from "./disk-fits-image";
import { secureBootFirmware, tpmFirmware, vbsFirmware } from "./efi";
import { imageMinimum } from "./image-minimum";
import { machineFitsHost } from "./machine-fits-host";
import { memoryReservation } from "./memory-reservation";
import { snapshotTemplate } from "./snapshot-template";
import { tpmKeyProvider } from "./tpm-key-provider";
import { vbsSecureBoot } from "./vbs-secure-boot";
import { vgpuHostGroup } from "./vgpu-host-group";
import { vgpuMemory } from "./vgpu-memory";
import { windowsCustomization } from "./windows-customization";
import type { RuleTopic } from "../rule";

/** Workstations and images. */
export const workstations: RuleTopic = {
  title: "Workstations and images",
  city: [
    diskFitsImage,
    secureBootFirmware,
    tpmFirmware,
    imageMinimum,
    machineFitsHost,
    memoryReservation,
    snapshotTemplate,
    tpmKeyProvider,
    vbsFirmware,
    vbsSecureBoot,
    vgpuHostGroup,
    vgpuMemory,
    windowsCustomization,
  ],
  crossCity: [],
};
