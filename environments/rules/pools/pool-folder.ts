import { quoted } from "../../display";
import { hostedName } from "../../seats/hosting";
import type { CityRule } from "../rule";

/** The folder of a pool without a directorate is beside the directorates' own; in vCenter such names are unique. */
export const poolFolder: CityRule = {
  id: "pool-folder",
  explanation: "no directorate has the id of a pool without a directorate, of the city's or a guest's",
  repair: "give the directorate another id, or the pool a directorate",
  *check({ directorates, pools, emergency }) {
    const loose = pools.filter(({ directorate }) => directorate === undefined).map(({ name }) => name);
    const taken = new Set([...loose, ...emergency.hosting.map(hostedName)]);
    for (const [index, { id }] of directorates.entries())
      if (taken.has(id)) yield { path: ["directorates", index, "id"], message: `${quoted(id)} is a pool's folder` };
  },
};
