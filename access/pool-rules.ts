import type { PolicyRule } from "./policy";
import { poolSecrets, vaultPaths } from "./vault-paths";

/** What the desktops of a pool may do: read the pool's own secrets, ask for a certificate, give their login back. */
export function poolRules(city: string, pool: string): PolicyRule[] {
  const { keyValue, pki } = vaultPaths(city);
  return [
    {
      path: `${keyValue}/data/${poolSecrets(pool)}/*`,
      capabilities: ["read"],
      why: `The secrets of pool ${pool}.`,
    },
    {
      path: `${pki}/issue/${pool}`,
      capabilities: ["update"],
      why: `A certificate for a host of pool ${pool}.`,
    },
    {
      path: "auth/token/revoke-self",
      capabilities: ["update"],
      why: "A desktop gives its token back when it is done.",
    },
  ];
}
