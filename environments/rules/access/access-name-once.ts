import { quoted } from "../../display";
import { listeningName } from "../../desktop-access/desktop-access";
import type { CityRule } from "../rule";

/** People ask for a pool by it: of two, one would be out of reach. */
export const accessNameOnce: CityRule = {
  id: "access-name-once",
  explanation: "each pool has a listening name of its own: its accessName, by default its own name",
  repair: "give one of the two another accessName",
  *check(city) {
    if (city.access === undefined) return;
    const taken = new Map<string, string>();
    for (const [index, pool] of city.pools.entries()) {
      if (pool.decommissioned) continue;
      const name = listeningName(city, pool);
      const other = taken.get(name);
      taken.set(name, pool.name);
      if (other === undefined) continue;
      const path = ["pools", index, pool.accessName === undefined ? "name" : "accessName"];
      yield { path, message: `people ask for the pool ${quoted(other)} by the name ${quoted(name)} too` };
    }
  },
};
