import { quoted } from "../../display";
import { hostAdapters } from "../../network/host-adapters";
import type { CityRule } from "../rule";

/** A host without uplinks carries nothing off it; an existing switch has uplinks that nobody here chooses. */
export const switchAdaptersNamed: CityRule = {
  id: "switch-adapters-named",
  explanation: "every host has physical adapters for the switch, unless it is existing",
  repair: "name the hosts' free adapters in network.switch.adapters, such as [vmnic2, vmnic3], or say existing: true",
  *check(city) {
    const without = hostAdapters(city).find(({ adapters }) => adapters.length === 0);
    if (without !== undefined && !city.network.switch.existing)
      yield { path: ["network", "switch"], message: `no adapters are named for ${quoted(without.host)}` };
  },
};
