import { dangling } from "./dangling";
import type { CityRule } from "./rule";

/** A workstation is a clone of one of its image's templates. */
export const workstationImage: CityRule = {
  id: "workstation-image",
  explanation: "a workstation's image is declared in images",
  repair: "correct the name or declare the image",
  *check({ workstations, images }) {
    const known = Object.keys(images);
    for (const [key, { image }] of Object.entries(workstations)) {
      const path = ["workstations", key, "image"];
      yield* dangling({ path, name: image, known, noun: "image", declared: "images" });
    }
  },
};
