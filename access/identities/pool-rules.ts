import type { AccessPool } from "../access-plan";
import { anyCertificateRole } from "../certificate-roles";
import { NEVER_ASKED } from "./certificate-request";
import type { PolicyRule } from "../policy";
import { poolSecrets, vaultPaths } from "../vault-paths";

/**
 * The path from which a pool's desktops read the account that joins the domain: an account whose password Vault
 * generates, or a secret that its owner put into the pool's folder.
 */
export function joinAccountPath(city: string, { name, joinAccounts }: AccessPool): string {
  const { directory, keyValue } = vaultPaths(city);
  const [account] = joinAccounts;
  if (account !== undefined) return `${directory}/static-cred/${account.name}`;
  return `${keyValue}/data/${poolSecrets(name)}/domain-join`;
}

/** A pool's rules: read the pool's own secrets, join the domain, request a certificate, log out. */
export function poolRules(city: string, { name: pool, joinAccounts }: AccessPool): PolicyRule[] {
  const { keyValue, pki, directory } = vaultPaths(city);
  return [
    ...joinAccounts.map(({ name, asked }): PolicyRule => ({
      path: `${directory}/static-cred/${name}`,
      capabilities: ["read"],
      why: `The account with which desktops of pool ${pool} join the domain.`,
      ...(asked !== undefined && { asked: [asked] }),
    })),
    {
      path: `${keyValue}/data/${poolSecrets(pool)}/*`,
      capabilities: ["read"],
      why: `The secrets of pool ${pool}.`,
    },
    {
      path: `${pki}/issue/${anyCertificateRole(pool)}`,
      capabilities: ["update"],
      deniedParameters: NEVER_ASKED,
      why: `A certificate for a host of pool ${pool}.`,
    },
    {
      path: "auth/token/revoke-self",
      capabilities: ["update"],
      why: "A desktop gives its token back when it is done.",
    },
  ];
}
