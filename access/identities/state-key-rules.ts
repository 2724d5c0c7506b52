import type { PolicyRule } from "../policy";
import { STATE_KEY, vaultPaths } from "../vault-paths";

/**
 * Rules to encrypt and decrypt states (OpenTofu 1.12.6, key provider "openbao"); every run needs both. They do not
 * depend on the city's file: after the key leaves the file, CI must still be able to decrypt the states.
 */
export function stateKeyRules(city: string): PolicyRule[] {
  const { transit } = vaultPaths(city);
  return [
    {
      path: `${transit}/datakey/plaintext/${STATE_KEY}`,
      capabilities: ["update"],
      why: "A key for a state that is written.",
    },
    { path: `${transit}/decrypt/${STATE_KEY}`, capabilities: ["update"], why: "The key of a state that is read." },
  ];
}

/** Rules to manage the key, without deleting it. */
export function stateKeyKeepingRules(city: string): PolicyRule[] {
  const key = `${vaultPaths(city).transit}/keys/${STATE_KEY}`;
  return [
    {
      path: key,
      capabilities: ["read", "update"],
      allowedParameters: { "*": [], exportable: [false], allow_plaintext_backup: [false] },
      why: "The key of the city's states.",
    },
    {
      path: `${key}/config`,
      capabilities: ["update"],
      allowedParameters: { "*": [], deletion_allowed: [false], exportable: [false], allow_plaintext_backup: [false] },
      why: "How often it gets another version; never that it may be exported or deleted.",
    },
  ];
}
