import { quoted } from "../display";
import { declaredImage } from "./declared";
import type { CityRule } from "./rule";

/** VMware, "vSphere Security", "Requirements for vTPM": a virtual machine with a virtual TPM boots with EFI. */
export const tpmFirmware: CityRule = {
  id: "tpm-firmware",
  explanation: "tpm needs an image with the firmware efi",
  repair: "take tpm out, or use an image with the firmware efi",
  *check(city) {
    for (const [key, { tpm }] of Object.entries(city.workstations)) {
      const image = declaredImage(city, key);
      if (!tpm || image === undefined || image.image.firmware === "efi") continue;
      const message = `a virtual TPM is asked for, and the image ${quoted(image.name)} boots with ${image.image.firmware}`;
      yield { path: ["workstations", key, "tpm"], message };
    }
  },
};
