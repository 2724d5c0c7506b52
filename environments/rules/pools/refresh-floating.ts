import type { CityRule } from "../rule";

/** A person's own seat is never as new; and a vCenter grows no disk that a snapshot is of. */
export const refreshFloating: CityRule = {
  id: "refresh-floating",
  explanation:
    "only floating seats are made as new, and those that are brought back to a snapshot keep the sizes of their disks",
  repair: "take refresh out, or correct assignment or growDisks",
  *check({ pools }) {
    for (const [index, { assignment, refresh, growDisks }] of pools.entries()) {
      if (refresh === undefined) continue;
      if (assignment === "dedicated")
        yield { path: ["pools", index, "refresh"], message: `"${refresh}", and the seats are people's own` };
      if (refresh === "revert" && growDisks)
        yield {
          path: ["pools", index, "growDisks"],
          message: "true, and disks that have a snapshot do not grow",
          allowed: 'with refresh: only "remake"',
        };
    }
  },
};
