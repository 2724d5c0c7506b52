import { NEVER_ASKED } from "./certificate-request";
import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

/** The gateways' role, for their login and for their certificates. No pool has this name. */
export const GATEWAYS = "gateways";

/** The gateways' rules: request their own certificate, log out. */
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
