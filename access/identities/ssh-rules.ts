import type { AskedName } from "../access-plan";
import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

/** Rules to have an SSH key signed, by role. Vault generates no key pair: `issue` is denied. */
export function signingRules(city: string, roles: readonly AskedName[]): PolicyRule[] {
  return roles.map(({ name, asked }) => ({
    path: `${vaultPaths(city).ssh}/sign/${name}`,
    capabilities: ["update"],
    why: `A certificate for one's own SSH key, by the role ${name}.`,
    ...(asked !== undefined && { asked: [asked] }),
  }));
}

/**
 * The rule to manage the SSH authority, whether the city's file has one or not. Vault creates its key; an imported one
 * is refused. The key cannot be deleted: that would lock everybody out of every machine.
 */
export function sshKeyRule(city: string): PolicyRule {
  return {
    path: `${vaultPaths(city).ssh}/config/ca`,
    capabilities: ["read", "update"],
    allowedParameters: { "*": [], private_key: [""], public_key: [""] },
    why: "The authority's key, born in Vault.",
  };
}
