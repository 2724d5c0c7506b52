import type { City } from "../environments/model/city";
import { VaultClient } from "../vault/client";
import { namedVault } from "./named-servers";

/** A client of a city's Vault, in its namespace: of the server that VAULT_ADDR names, else of the file's. @param token none to log in */
export function vaultClient({ platform }: City, token?: string): VaultClient {
  const { address, namespace } = platform.vault;
  return new VaultClient(namedVault() ?? address, token, namespace);
}
