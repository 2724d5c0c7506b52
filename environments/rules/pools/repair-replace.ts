import type { CityRule } from "../rule";

/** A person's machine has his data. */
export const repairReplace: CityRule = {
  id: "repair-replace",
  explanation: "only floating seats are replaced to repair them",
  repair: "take it out, or correct assignment",
  *check({ pools }) {
    for (const [index, { assignment, repair }] of pools.entries()) {
      if (assignment === "dedicated" && repair?.replace === true)
        yield { path: ["pools", index, "repair", "replace"], message: "true, and the seats are people's own" };
    }
  },
};
