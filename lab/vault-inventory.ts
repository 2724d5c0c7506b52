import { z } from "zod";
import type { VaultClient } from "../vault/client";

/** A mount or login method with its resources by kind; names only. */
export interface VaultMount {
  readonly path: string;
  readonly type: string;
  readonly contents: Readonly<Record<string, readonly string[]>>;
}

/** A city's resources in Vault: names, never values; all sorted. */
export interface VaultInventory {
  readonly mounts: readonly VaultMount[];
  readonly auth: readonly VaultMount[];
  readonly policies: readonly string[];
  readonly passwordPolicies: readonly string[];
  readonly rateLimits: readonly string[];
  readonly groups: readonly string[];
}

const mountTable = z.object({ data: z.record(z.string(), z.looseObject({ type: z.string() })) });

/**
 * The paths that list a mount's resources, by type. Values of key-value mounts are not listed: their paths may be
 * confidential.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  pki: ["roles", "issuers"],
  ssh: ["roles"],
  transit: ["keys"],
  // A secrets engine and a login method share this type; each has one of the two lists.
  ldap: ["static-role", "groups"],
  approle: ["role"],
  jwt: ["role"],
  cert: ["certs"],
  userpass: ["users"],
};

/** Lists a city's resources in Vault. */
export async function vaultInventory(root: VaultClient, city: string): Promise<VaultInventory> {
  const named = async (path: string): Promise<string[]> =>
    (await root.list(path)).filter((name) => /^[-/]/.test(name.slice(city.length)) && name.startsWith(city));
  return {
    mounts: await mountsBelow(root, "sys/mounts", "", city),
    auth: await mountsBelow(root, "sys/auth", "auth/", city),
    policies: await named("sys/policies/acl"),
    passwordPolicies: await named("sys/policies/password"),
    rateLimits: await named("sys/quotas/rate-limit"),
    groups: await named("identity/group/name"),
  };
}

async function mountsBelow(root: VaultClient, table: string, prefix: string, city: string): Promise<VaultMount[]> {
  const { data } = mountTable.parse(await root.get(table));
  const own = Object.entries(data).filter(([path]) => path.startsWith(`${city}/`));
  const mounts = own.map(async ([path, { type }]) => ({
    path,
    type,
    contents: await contents(root, prefix + path, type),
  }));
  return (await Promise.all(mounts)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function contents(root: VaultClient, path: string, type: string): Promise<Record<string, string[]>> {
  const kinds = LISTS[type] ?? [];
  return Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, await root.list(path + kind)] as const)),
  );
}
