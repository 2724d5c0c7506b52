import { setTimeout } from "node:timers/promises";
import type { VaultClient } from "../../vault/client";
import { VaultError } from "../../vault/client";

const POLL_MS = 1000;
/** Vault takes out what is late once a minute, and until then lets it log in; a busy machine takes longer. */
const LIMIT_MS = 600_000;

/**
 * Waits until Vault has taken a secret id out whose time is over.
 * @param role path of its role
 * @throws Error where it is still there after ten minutes
 */
export async function secretIdGone(vault: VaultClient, role: string, accessor: string): Promise<void> {
  for (const until = Date.now() + LIMIT_MS; Date.now() < until;) {
    await setTimeout(POLL_MS);
    try {
      await vault.post(`${role}/secret-id-accessor/lookup`, { secret_id_accessor: accessor });
    } catch (error) {
      if (error instanceof VaultError && error.status === 404) return;
      throw error;
    }
  }
  throw new Error("a secret id whose time is over is still there");
}
