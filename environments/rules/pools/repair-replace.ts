import type { CityRule } from "../rule";

/** A person's machine has his data; and only a seat that belongs to somebody can lie idle. */
export const repairReplace: CityRule = {
  id: "repair-replace",
  explanation: "only floating seats are replaced to repair them, and only dedicated ones are idle",
  repair: "take it out, or correct assignment",
  *check({ pools }) {
    for (const [index, { assignment, repair, idleDays }] of pools.entries()) {
      const isDedicated = assignment === "dedicated";
      if (isDedicated && repair?.replace === true)
        yield { path: ["pools", index, "repair", "replace"], message: "true, and the seats are people's own" };
      if (!isDedicated && idleDays !== undefined)
        yield { path: ["pools", index, "idleDays"], message: "it is set, and the seats are nobody's own" };
    }
  },
};
