import { MEMBERS } from "../../../segmentation/gateway";
import { quoted } from "../../display";
import { gatewayPart } from "../../network/gateway-names";
import { gatewayPairs } from "../../network/gateway-pairs";
import { named } from "../helpers/select";
import type { CityRule } from "../rule";

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
    for (const { path, name } of [...named(city, "directorates.*.id"), ...named(city, "pools.*.name")]) {
      if (taken.has(name)) yield { path, message: `${quoted(String(name))} is a gateway's` };
    }
  },
};
