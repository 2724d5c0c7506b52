import { prettifyError, ZodError } from "zod";
import type { City } from "../environments/model/city";
import { CommandError, InputError } from "../runtime/errors";
import { AuthorityError } from "../secrets/authority/authority";
import { VaultClient, VaultError } from "../vault/client";
import { namedVault } from "./named-servers";

/**
 * A client of a city's Vault, in its namespace, at VAULT_ADDR or else at the file's address. @param token none to log
 * in
 * @throws InputError for a city without a Vault
 */
export function vaultClient(city: City, token?: string): VaultClient {
  const vault = declaredVault(city);
  return new VaultClient(namedVault() ?? vault.address, token, vault.namespace);
}

/**
 * Runs work that asks a city's Vault.
 * @throws CommandError that names the city and the server, where Vault refused or its answer cannot be read
 */
export async function askingVault<T>(asked: City, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const from = `Vault of ${asked.city.id} at ${namedVault() ?? declaredVault(asked).address}`;
    if (error instanceof ZodError)
      throw new CommandError(`${from}: an answer has an unexpected form: ${prettifyError(error)}`);
    if (error instanceof VaultError || error instanceof AuthorityError)
      throw new CommandError(`${from}: ${error.message}`);
    throw error;
  }
}

/** A city's Vault. @throws InputError for a city without one: what a command would ask it is not there */
export function declaredVault({ city, platform }: City): NonNullable<City["platform"]["vault"]> {
  if (platform.vault === undefined) throw new InputError(`${city.id} has no Vault: its file has no platform.vault`);
  return platform.vault;
}
