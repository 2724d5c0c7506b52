import { bootsWithBios } from "./boots-with-bios";
import type { CityRule } from "./rule";

/** Secure boot is a feature of UEFI; vSphere refuses it for a machine that boots with BIOS. */
export const secureBootFirmware: CityRule = {
  id: "secure-boot-firmware",
  explanation: "secureBoot needs an image with the firmware efi",
  repair: "write secureBoot: false, or use an image with the firmware efi",
  *check(city) {
    yield* bootsWithBios(city, "secureBoot", "secure boot is on");
  },
};
