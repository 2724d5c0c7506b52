import { bootsWithBios } from "./boots-with-bios";
import type { CityRule } from "./rule";

/** VMware, "vSphere Security", "Requirements for vTPM": a virtual machine with a virtual TPM boots with EFI. */
export const tpmFirmware: CityRule = {
  id: "tpm-firmware",
  explanation: "tpm needs an image with the firmware efi",
  repair: "take tpm out, or use an image with the firmware efi",
  *check(city) {
    yield* bootsWithBios(city, "tpm", "a virtual TPM is asked for");
  },
};
