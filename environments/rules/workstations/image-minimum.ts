import { quoted } from "../../display";
import { declaredImage } from "../helpers/declared";
import type { CityRule } from "../rule";

/** An operating system below its minimum does not start, or is not supported by its vendor. */
export const imageMinimum: CityRule = {
  id: "image-minimum",
  explanation: "a workstation has at least the cpus and the memoryGib of its image's minimum",
  repair: "enlarge the workstation",
  *check(city) {
    for (const [key, workstation] of Object.entries(city.workstations)) {
      const image = declaredImage(city, key);
      if (image?.image.minimum === undefined) continue;
      for (const unit of ["cpus", "memoryGib"] as const) {
        const least = image.image.minimum[unit];
        if (workstation[unit] >= least) continue;
        const message = `${String(workstation[unit])} is less than the ${String(least)} of the image ${quoted(image.name)}`;
        yield { path: ["workstations", key, unit], message, repair: `write ${String(least)} or more` };
      }
    }
  },
};
