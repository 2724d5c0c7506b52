import type { PolicyRule } from "../policy";
import { STATE_KEY, vaultPaths } from "../vault-paths";

/**
 * What encrypting states and opening them needs (OpenTofu 1.12.6, key provider "openbao"): every run asks for both. Whether the
 * city's file has a key or not: a file that loses it must not close to CI the states that are encrypted.
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

/**
 * What keeping the key needs, whether the city's file has one or not: what has left the file is still to be removed. With it
 * the key can neither be taken out of Vault nor be made deletable: Terraform, which deletes it before its mount, is refused.
 */
export function stateKeyKeepingRules(city: string): PolicyRule[] {
  const key = `${vaultPaths(city).transit}/keys/${STATE_KEY}`;
  return [
    {
      path: key,
      capabilities: ["read", "update", "delete"],
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
