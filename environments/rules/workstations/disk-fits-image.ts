import { quoted } from "../../display";
import { declaredImage } from "../helpers/declared";
import type { CityRule } from "../rule";

/** A clone's disk can grow but not shrink: vSphere refuses one smaller than the template's. */
export const diskFitsImage: CityRule = {
  id: "disk-fits-image",
  explanation: "a workstation's diskGib is at least its image's",
  repair: "enlarge the workstation's disk",
  *check(city) {
    for (const [key, { diskGib }] of Object.entries(city.workstations)) {
      const image = declaredImage(city, key);
      if (image === undefined || diskGib >= image.image.diskGib) continue;
      const message = `${String(diskGib)} GiB is less than the ${String(image.image.diskGib)} GiB of the image ${quoted(image.name)}`;
      yield { path: ["workstations", key, "diskGib"], message, repair: `write ${String(image.image.diskGib)} or more` };
    }
  },
};
