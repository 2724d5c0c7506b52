import { quoted } from "../../display";
import type { Path } from "../../path";
import { declaredImage } from "../helpers/declared";
import type { CityRule } from "../rule";

/** A version that was never released cannot be used, nor rolled back to. */
export const versionReleased: CityRule = {
  id: "version-released",
  explanation: "a version that a pool has or rolls out, forward or back, was released by asOf",
  repair: "wait for the version's day, or correct released or asOf",
  *check(city) {
    for (const [index, { imageVersion, rollout, workstation }] of city.pools.entries()) {
      const versions = declaredImage(city, workstation)?.image.versions ?? {};
      const taken: [string, Path][] = [[imageVersion, ["pools", index, "imageVersion"]]];
      if (rollout !== undefined) taken.push([rollout.to, ["pools", index, "rollout", "to"]]);
      for (const [version, path] of taken) {
        const released = versions[version]?.released;
        if (released === undefined || released <= city.asOf) continue;
        yield { path, message: `${quoted(version)} is released on ${released}, and the file is of ${city.asOf}` };
      }
    }
  },
};
