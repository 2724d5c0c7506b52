import type { AskedName } from "../access-plan";
import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

/** What having one's SSH key signed needs, of each role. Vault makes no key pair for anybody: `issue` is closed. */
export function signingRules(city: string, roles: readonly AskedName[]): PolicyRule[] {
  return roles.map(({ name, asked }) => ({
    path: `${vaultPaths(city).ssh}/sign/${name}`,
    capabilities: ["update"],
    why: `A certificate for one's own SSH key, by the role ${name}.`,
    ...(asked !== undefined && { asked: [asked] }),
  }));
}

/**
 * What keeping the authority needs, whether the city's file has one or not: what has left the file is still to be removed. The
 * authority's key is born in Vault, since a key that somebody brings is refused.
 */
export function sshAuthorityRules(city: string): PolicyRule[] {
  const { ssh } = vaultPaths(city);
  return [
    {
      path: `${ssh}/config/ca`,
      capabilities: ["read", "update", "delete"],
      allowedParameters: { "*": [], private_key: [""], public_key: [""] },
      why: "The authority's key, born in Vault.",
    },
    {
      path: `${ssh}/roles/+`,
      capabilities: ["read", "update", "delete"],
      why: "For which logins keys are signed.",
    },
  ];
}
