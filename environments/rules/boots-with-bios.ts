import { quoted } from "../display";
import type { City } from "../model/city";
import { declaredImage } from "./declared";
import type { Finding } from "./rule";

/**
 * A finding for every workstation that asks for something which UEFI alone has, and whose image boots with other firmware.
 * @param asked says that it is asked for
 */
export function* bootsWithBios(city: City, key: "secureBoot" | "tpm", asked: string): Iterable<Finding> {
  for (const [name, workstation] of Object.entries(city.workstations)) {
    const image = declaredImage(city, name);
    if (!workstation[key] || image === undefined || image.image.firmware === "efi") continue;
    const message = `${asked}, and the image ${quoted(image.name)} boots with ${image.image.firmware}`;
    yield { path: ["workstations", name, key], message };
  }
}
