import { count } from "../../display";
import type { CityRule } from "../rule";

/** A directory refuses to change a password that is younger than its own minimum age, and each rotation would fail. */
export const accountRotation: CityRule = {
  id: "account-rotation",
  explanation:
    "a password is changed no oftener than the directory lets it be: secrets.directory.minimumPasswordAgeHours",
  repair: "change it less often",
  *check({ secrets }) {
    const { minimumPasswordAgeHours: least = 0 } = secrets.directory ?? {};
    for (const [index, { rotateEveryHours }] of (secrets.accounts?.rotated ?? []).entries()) {
      if (rotateEveryHours >= least) continue;
      const message = `every ${count(rotateEveryHours, "hour")}, and the directory keeps a password ${count(least, "hour")}`;
      yield { path: ["secrets", "accounts", "rotated", index, "rotateEveryHours"], message };
    }
  },
};
