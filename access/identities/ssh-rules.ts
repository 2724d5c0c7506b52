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
 * What keeping the authority needs, whether the city's file has one or not. Its key is born in Vault, since a key that somebody
 * brings is refused, and it is not deleted: whoever does that closes every machine to everybody.
 */
export function sshKeyRule(city: string): PolicyRule {
  return {
    path: `${vaultPaths(city).ssh}/config/ca`,
    capabilities: ["read", "update"],
    allowedParameters: { "*": [], private_key: [""], public_key: [""] },
    why: "The authority's key, born in Vault.",
  };
}
