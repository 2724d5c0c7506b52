import { ACCESS_MACHINES } from "../../../access/identities/gateway-rules";
import { MEMBERS } from "../../../segmentation/gateway";
import { quoted } from "../../display";
import { accessPart } from "../../desktop-access/access-pair";
import type { CityRule } from "../rule";

/** An access machine has a folder beside the directorates' and a resource pool named like a pool's; both have a role in Vault beside pools'. */
export const accessMachineNames: CityRule = {
  id: "access-machine-names",
  explanation:
    "in a city with access machines no directorate and no pool is called access-a, access-b or access-machines",
  repair: "give it another name",
  *check({ access, directorates, pools }) {
    if (access?.machines === undefined) return;
    const names = [
      ...directorates.map(({ id }, index) => ({ path: ["directorates", index, "id"], name: id })),
      ...pools.map(({ name }, index) => ({ path: ["pools", index, "name"], name })),
    ];
    const taken: readonly string[] = [...MEMBERS.map(accessPart), ACCESS_MACHINES];
    for (const { path, name } of names) {
      if (taken.includes(name)) yield { path, message: `${quoted(name)} is an access machine's` };
    }
  },
};
