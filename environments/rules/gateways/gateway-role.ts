import { GATEWAYS } from "../../../access/identities/gateway-rules";
import type { CityRule } from "../rule";

/** Pools and gateways have roles side by side in Vault, named after the pool or "gateways". */
export const gatewayRole: CityRule = {
  id: "gateway-role",
  explanation: "in a city with gateways no pool is called gateways",
  repair: "give it another name",
  *check({ network, pools }) {
    if (network.gateway === undefined) return;
    for (const [index, { name }] of pools.entries()) {
      if (name === GATEWAYS)
        yield { path: ["pools", index, "name"], message: `"${name}" is the gateways' role in Vault` };
    }
  },
};
