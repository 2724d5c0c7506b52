import { NEVER_ASKED } from "./certificate-request";
import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

/** The role of a city's gateways: that by which they log in, and that of their certificates. No pool has its name. */
export const GATEWAYS = "gateways";

/** What the gateways may do: ask for a certificate of their own, log out. */
export function gatewayRules(city: string): PolicyRule[] {
  return [
    {
      path: `${vaultPaths(city).pki}/issue/${GATEWAYS}`,
      capabilities: ["update"],
      deniedParameters: NEVER_ASKED,
      why: "A certificate for one of the gateways.",
    },
    {
      path: "auth/token/revoke-self",
      capabilities: ["update"],
      why: "A gateway gives its token back when it is done.",
    },
  ];
}
