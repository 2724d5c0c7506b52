import { z } from "zod";
import type { LabSession } from "../../lab/session";
import type { VaultClient } from "../../vault/client";

/** All that a Vault holds of and for a city: names, and counts of what has none. */
export interface VaultHoldings {
  /** Mounts and login methods of the whole server, with what is in those of the city. */
  readonly mounts: readonly string[];
  readonly inventory: unknown;
  /** Tokens, wrapped answers among them. */
  readonly tokens: number;
  /** Ids of leases, but for those of logins. */
  readonly leases: readonly string[];
  /** Secret ids of each role of AppRole that has any. */
  readonly secretIds: Readonly<Record<string, number>>;
}

const mountTable = z.object({ data: z.record(z.string(), z.looseObject({ type: z.string() })) });
/** Each login has a lease of its own, and is counted among the tokens. */
const OF_LOGINS = "auth/";

/** Asks with the root's login. */
export async function vaultHoldings(session: LabSession, city: string): Promise<VaultHoldings> {
  const { vault } = session;
  const table = async (path: string) => mountTable.parse(await vault.get(path)).data;
  const [engines, methods] = [await table("sys/mounts"), await table("sys/auth")];
  const approles = Object.entries(methods).flatMap(([path, { type }]) => (type === "approle" ? [path] : []));
  return {
    mounts: [...Object.keys(engines), ...Object.keys(methods).map((path) => `auth/${path}`)].sort(),
    inventory: await session.vaultInventory(city),
    tokens: (await vault.list("auth/token/accessors")).length,
    leases: (await leasesBelow(vault, "")).filter((id) => !id.startsWith(OF_LOGINS)),
    secretIds: Object.fromEntries((await Promise.all(approles.map((path) => secretIds(vault, path)))).flat()),
  };
}

async function leasesBelow(vault: VaultClient, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await vault.list(`sys/leases/lookup/${prefix}`)) {
    if (name.endsWith("/")) found.push(...(await leasesBelow(vault, prefix + name)));
    else found.push(prefix + name);
  }
  return found.sort();
}

async function secretIds(vault: VaultClient, path: string): Promise<[string, number][]> {
  const roles = await vault.list(`auth/${path}role`);
  const counted = roles.map(async (role): Promise<[string, number]> => {
    const ids = await vault.list(`auth/${path}role/${role}/secret-id`);
    return [`${path}${role}`, ids.length];
  });
  return (await Promise.all(counted)).filter(([, number]) => number > 0);
}
