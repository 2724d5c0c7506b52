import { quoted } from "../display";
import { declaredImage } from "./declared";
import type { CityRule } from "./rule";

/** Secure boot is a feature of UEFI; vSphere refuses it for a machine that boots with BIOS. */
export const secureBootFirmware: CityRule = {
  id: "secure-boot-firmware",
  explanation: "secureBoot needs an image with the firmware efi",
  repair: "write secureBoot: false, or use an image with the firmware efi",
  *check(city) {
    for (const [key, { secureBoot }] of Object.entries(city.workstations)) {
      const image = declaredImage(city, key);
      if (!secureBoot || image === undefined || image.image.firmware === "efi") continue;
      const message = `secure boot is on, and the image ${quoted(image.name)} boots with ${image.image.firmware}`;
      yield { path: ["workstations", key, "secureBoot"], message };
    }
  },
};
