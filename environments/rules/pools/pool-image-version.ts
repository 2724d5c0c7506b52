import { quoted } from "../../display";
import { dangling } from "../helpers/dangling";
import { declaredImage } from "../helpers/declared";
import type { CityRule } from "../rule";

/** A pool pins a version of its workstation's image, so that a new template has no effect by itself. */
export const poolImageVersion: CityRule = {
  id: "pool-image-version",
  explanation: "a pool's imageVersion is a version of its workstation's image",
  repair: "correct the version or declare it in the image's versions",
  *check(city) {
    for (const [index, pool] of city.pools.entries()) {
      const image = declaredImage(city, pool.workstation);
      if (image === undefined) continue;
      const known = Object.keys(image.image.versions);
      const noun = `version of the image ${quoted(image.name)}`;
      const path = ["pools", index, "imageVersion"];
      yield* dangling({ path, name: pool.imageVersion, known, noun, declared: "the image's versions" });
    }
  },
};
