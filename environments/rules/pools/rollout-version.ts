import { listed, quoted } from "../../display";
import { declaredImage } from "../helpers/declared";
import type { CityRule } from "../rule";

/** A rollout leads from one version of the pool's image to another: another image needs another pool. */
export const rolloutVersion: CityRule = {
  id: "rollout-version",
  explanation: "a rollout leads to a version of the pool's image other than its imageVersion",
  repair: "correct the version, or take the rollout out: without it imageVersion alone counts",
  *check(city) {
    for (const [index, { rollout, imageVersion, workstation }] of city.pools.entries()) {
      const image = declaredImage(city, workstation);
      if (rollout === undefined || image === undefined) continue;
      const others = Object.keys(image.image.versions).filter((version) => version !== imageVersion);
      if (others.includes(rollout.to)) continue;
      const what = rollout.to === imageVersion ? "is the pool's imageVersion already" : "is no version of it";
      const allowed = others.length > 0 ? listed(others) : `another version in images.${image.name}.versions`;
      yield { path: ["pools", index, "rollout", "to"], message: `${quoted(rollout.to)} ${what}`, allowed };
    }
  },
};
