import { NEVER_ASKED } from "./certificate-request";
import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

/** The gateways' role, for their login and for their certificates. No pool has this name. */
export const GATEWAYS = "gateways" as const;

/** The access machines' role, for the same. No pool has this name. */
export const ACCESS_MACHINES = "access-machines" as const;

/** Roles of pairs of machines. */
export type PairRole = typeof GATEWAYS | typeof ACCESS_MACHINES;

const RENEWAL: PolicyRule = {
  path: "auth/token/renew-self",
  capabilities: ["update"],
  why: "An access machine renews its login, with which it renews its certificate.",
};

/** The rules of gateways, or of access machines: request their own certificate, log out; access machines also go on being logged in. */
export function gatewayRules(city: string, role: PairRole): PolicyRule[] {
  const [each, all] = role === GATEWAYS ? ["A gateway", "the gateways"] : ["An access machine", "the access machines"];
  return [
    {
      path: `${vaultPaths(city).pki}/issue/${role}`,
      capabilities: ["update"],
      deniedParameters: NEVER_ASKED,
      why: `A certificate for one of ${all}.`,
    },
    ...(role === ACCESS_MACHINES ? [RENEWAL] : []),
    {
      path: "auth/token/revoke-self",
      capabilities: ["update"],
      why: `${each} gives its token back when it is done.`,
    },
  ];
}
