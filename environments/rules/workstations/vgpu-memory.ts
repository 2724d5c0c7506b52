import { quoted } from "../../display";
import { declaredImage } from "../helpers/declared";
import type { CityRule } from "../rule";

/** vSphere starts a machine with a vGPU only if all its memory is reserved, since the card accesses it directly. */
export const vgpuMemory: CityRule = {
  id: "vgpu-memory",
  explanation: "a workstation whose image has a vgpuProfile reserves all its memory",
  repair: "write memoryReservationGib as large as memoryGib",
  *check(city) {
    for (const [key, { memoryGib, memoryReservationGib }] of Object.entries(city.workstations)) {
      const image = declaredImage(city, key);
      if (image?.image.vgpuProfile === undefined || memoryReservationGib >= memoryGib) continue;
      const reserved = `${String(memoryReservationGib)} of ${String(memoryGib)} GiB are reserved`;
      const message = `${reserved}, and the image ${quoted(image.name)} has the vGPU ${quoted(image.image.vgpuProfile)}`;
      const repair = `write memoryReservationGib: ${String(memoryGib)}`;
      yield { path: ["workstations", key, "memoryReservationGib"], message, repair };
    }
  },
};
