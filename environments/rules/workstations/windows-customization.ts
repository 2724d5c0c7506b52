import type { CityRule } from "../rule";

/** Linux has neither Sysprep nor an answer file; VMware Tools would ignore both. */
export const windowsCustomization: CityRule = {
  id: "windows-customization",
  explanation:
    "customization.windows and customization.answerFile belong to an image with a Windows guestId, one of them",
  repair: "take it out",
  *check({ images }) {
    for (const [name, { guestId, customization = {} }] of Object.entries(images)) {
      const given = (["windows", "answerFile"] as const).filter((key) => key in customization);
      const path = ["images", name, "customization"];
      if (!guestId.startsWith("win")) {
        for (const key of given)
          yield { path: [...path, key], message: `${key} is for Windows, and the image has ${guestId}` };
      } else if (given.length > 1) {
        yield { path: [...path, "answerFile"], message: "the answer file would replace what windows says" };
      }
    }
  },
};
