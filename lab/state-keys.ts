import { z } from "zod";
import { STATE_KEY, vaultPaths } from "../access/vault-paths";
import type { VaultClient } from "../vault/client";

const keySchema = z.object({ data: z.object({ deletion_allowed: z.boolean() }) });

/** Permits the deletion of keys that encrypt cities' states: Vault refuses it until their owner allows it. */
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
