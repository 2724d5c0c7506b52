import type { CityRule } from "../rule";

/** Only a seat that belongs to somebody can lie idle. */
export const idleSeats: CityRule = {
  id: "idle-seats",
  explanation: "only dedicated seats are idle: a pool with idleDays is a dedicated one",
  repair: "take it out, or correct assignment",
  *check({ pools }) {
    for (const [index, { assignment, idleDays }] of pools.entries()) {
      if (assignment === "floating" && idleDays !== undefined)
        yield { path: ["pools", index, "idleDays"], message: "it is set, and the seats are nobody's own" };
    }
  },
};
