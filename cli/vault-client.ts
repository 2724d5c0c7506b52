import { prettifyError, ZodError } from "zod";
import type { City } from "../environments/model/city";
import { CommandError } from "../runtime/errors";
import { AuthorityError } from "../secrets/authority/authority";
import { VaultClient, VaultError } from "../vault/client";
import { namedVault } from "./named-servers";

/**
 * A client of a city's Vault, in its namespace, at VAULT_ADDR or else at the file's address. @param token none to log
 * in
 */
export function vaultClient({ platform }: City, token?: string): VaultClient {
  return new VaultClient(addressOf(platform), token, platform.vault.namespace);
}

/**
 * Runs work that asks a city's Vault.
 * @throws CommandError that names the city and the server, where Vault refused or its answer cannot be read
 */
export async function askingVault<T>({ city, platform }: City, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const from = `Vault of ${city.id} at ${addressOf(platform)}`;
    if (error instanceof ZodError)
      throw new CommandError(`${from}: an answer has an unexpected form: ${prettifyError(error)}`);
    if (error instanceof VaultError || error instanceof AuthorityError)
      throw new CommandError(`${from}: ${error.message}`);
    throw error;
  }
}

function addressOf({ vault }: City["platform"]): string {
  return namedVault() ?? vault.address;
}
