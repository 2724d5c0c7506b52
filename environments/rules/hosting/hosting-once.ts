import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { Hosting } from "../../model/hosting";
import { hostedName } from "../../seats/hosting";
import type { CityRule } from "../rule";

/** The pools of hosted seats are beside the city's own, in its stacks, folders and Vault: names must be unique. */
export const hostingOnce: CityRule = {
  id: "hosting-once",
  explanation: "a pool of another city is in emergency.hosting once, and no pool has the name that it gets here",
  repair: "take one of the two out, or give the city's own pool another name",
  *check(city) {
    for (const [index, hosting] of city.emergency.hosting.entries()) {
      const message = taken(city, hosting, index);
      if (message !== undefined) yield { path: ["emergency", "hosting", index, "pool"], message };
    }
  },
};

function taken({ pools, emergency }: DeclaredCity, hosting: Hosting, index: number): string | undefined {
  const name = hostedName(hosting);
  if (pools.some((pool) => pool.name === name)) return `${quoted(name)} is a pool's name`;
  const earlier = emergency.hosting.slice(0, index).some((other) => hostedName(other) === name);
  return earlier ? `${quoted(hosting.pool)} of ${quoted(hosting.city)} is there already` : undefined;
}
