import { DUTIES, SUPPORT_DUTIES } from "../../../access/vsphere/support-duties";
import { listed, quoted } from "../../display";
import { GATEWAYS } from "../../support/support-scope";
import type { CityRule, Finding } from "../rule";

const WITH_GATEWAYS = SUPPORT_DUTIES.filter((duty) => DUTIES[duty].gateways !== undefined);

/** Who switches a gateway off, or reverts it, takes the city's segments from one another; who helps at a desktop need not. */
export const supportGateways: CityRule = {
  id: "support-gateways",
  explanation:
    "only a duty that has to do with gateways is on them, in a city whose file has gateways or access machines",
  repair: "take gateways out of on",
  *check({ support, network, access }) {
    for (const [index, { on = [], duty = "help-desk" }] of support.roles.entries()) {
      const number = on.indexOf(GATEWAYS);
      if (number < 0) continue;
      const path = ["support", "roles", index, "on", number];
      if (!WITH_GATEWAYS.includes(duty)) yield refused(path, duty);
      else if (network.gateway === undefined && access?.machines === undefined)
        yield { path, message: "the city has neither gateways nor access machines of its own" };
    }
  },
};

function refused(path: Finding["path"], duty: string): Finding {
  return {
    path,
    message: `${quoted(duty)} has nothing to do with gateways`,
    allowed: `on gateways: ${listed(WITH_GATEWAYS)}`,
  };
}
