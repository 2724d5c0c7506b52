import { ACCESS_MACHINES } from "../../../access/identities/gateway-rules";
import { MEMBERS } from "../../../segmentation/gateway";
import { quoted } from "../../display";
import { accessPart } from "../../desktop-access/access-pair";
import { named } from "../helpers/select";
import type { CityRule } from "../rule";

/** An access machine has a folder beside the directorates' and a resource pool named like a pool's; both have a role in Vault beside pools'. */
export const accessMachineNames: CityRule = {
  id: "access-machine-names",
  explanation:
    "in a city with access machines no directorate and no pool is called access-a, access-b or access-machines",
  repair: "give it another name",
  *check(city) {
    if (city.access?.machines === undefined) return;
    const taken = new Set<string | number>([...MEMBERS.map(accessPart), ACCESS_MACHINES]);
    for (const { path, name } of [...named(city, "directorates.*.id"), ...named(city, "pools.*.name")]) {
      if (taken.has(name)) yield { path, message: `${quoted(String(name))} is an access machine's` };
    }
  },
};
