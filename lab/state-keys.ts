import { z } from "zod";
import { STATE_KEY, vaultPaths } from "../access/vault-paths";
import type { VaultClient } from "../vault/client";

const keySchema = z.object({ data: z.object({ deletion_allowed: z.boolean() }) });

/**
 * Lets the keys be deleted that encrypt cities' states, where there are any: Vault keeps them from whoever removes the stacks
 * without having said so.
 */
export async function releaseStateKeys(
  cities: readonly string[],
  vaultOf: (city: string) => VaultClient,
): Promise<void> {
  for (const city of cities) {
    const vault = vaultOf(city);
    const key = `${vaultPaths(city).transit}/keys/${STATE_KEY}`;
    const answer = await vault.get(key);
    if (answer === undefined || keySchema.parse(answer).data.deletion_allowed) continue;
    await vault.post(`${key}/config`, { deletion_allowed: true });
  }
}
