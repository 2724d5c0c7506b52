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

/** What keeping the key needs; it is never deleted by it. */
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
