import { quoted } from "../../display";
import { declaredImage } from "../helpers/declared";
import type { CityRule, RuleTexts } from "../rule";

/** Secure boot is a feature of UEFI; vSphere refuses it for a machine that boots with BIOS. */
export const secureBootFirmware: CityRule = rule("secureBoot", "secure boot is on", {
  id: "secure-boot-firmware",
  explanation: "secureBoot needs an image with the firmware efi",
  repair: "write secureBoot: false, or use an image with the firmware efi",
});

/** VMware, "vSphere Security", "Requirements for vTPM": a virtual machine with a virtual TPM boots with EFI. */
export const tpmFirmware: CityRule = rule("tpm", "a virtual TPM is asked for", {
  id: "tpm-firmware",
  explanation: "tpm needs an image with the firmware efi",
  repair: "take tpm out, or use an image with the firmware efi",
});

/** VMware, "vSphere Security", "Virtualization-based Security and vSphere": a virtual machine with it boots with EFI. */
export const vbsFirmware: CityRule = rule("vbs", "virtualization-based security is on", {
  id: "vbs-firmware",
  explanation: "vbs needs an image with the firmware efi",
  repair: "take vbs out, or use an image with the firmware efi",
});

/**
 * A rule that a workstation which asks for a UEFI feature boots with UEFI. @param asked says in a message that it asks
 */
function rule(key: "secureBoot" | "tpm" | "vbs", asked: string, texts: RuleTexts): CityRule {
  return {
    ...texts,
    *check(city) {
      for (const [name, workstation] of Object.entries(city.workstations)) {
        const image = declaredImage(city, name);
        if (!workstation[key] || image === undefined || image.image.firmware === "efi") continue;
        const message = `${asked}, and the image ${quoted(image.name)} boots with ${image.image.firmware}`;
        yield { path: ["workstations", name, key], message };
      }
    },
  };
}
