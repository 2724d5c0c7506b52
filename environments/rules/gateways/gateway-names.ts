import { MEMBERS } from "../../../segmentation/gateway";
import { quoted } from "../../display";
import { gatewayPart } from "../../network/gateway-names";
import { gatewayPairs } from "../../network/gateway-pairs";
import type { City } from "../../model/city";
import type { CityRule } from "../rule";
import type { Named } from "../helpers/select";

/**
 * A gateway has a folder beside the directorates' and a resource pool named like a pool's; in vCenter such names are
 * unique.
 */
export const gatewayNames: CityRule = {
  id: "gateway-names",
  explanation:
    "in a city with gateways no directorate and no pool is called gateway-a or gateway-b, or gateway-<name>-a or -b as those of a further pair",
  repair: "give it another name",
  *check(city) {
    const pairs = gatewayPairs(city);
    const taken = new Set<string | number>(pairs.flatMap((pair) => MEMBERS.map((member) => gatewayPart(pair, member))));
    for (const { path, name } of namesOf(city)) {
      if (taken.has(name)) yield { path, message: `${quoted(String(name))} is a gateway's` };
    }
  },
};

function namesOf({ directorates, pools }: City): Named[] {
  return [
    ...directorates.map(({ id }, index) => ({ path: ["directorates", index, "id"], name: id })),
    ...pools.map(({ name }, index) => ({ path: ["pools", index, "name"], name })),
  ];
}
