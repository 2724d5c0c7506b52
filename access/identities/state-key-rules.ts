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
 * What keeping the key needs. It is never taken out by it: neither the key nor its mount, whose rule is exact and so beats that of
 * the city's other stores. A city that gives it up has an administrator of Vault unmount it.
 */
export function stateKeyKeepingRules(city: string): PolicyRule[] {
  const { transit } = vaultPaths(city);
  const key = `${transit}/keys/${STATE_KEY}`;
  return [
    {
      path: `sys/mounts/${transit}`,
      capabilities: ["read", "update"],
      why: "The store of the key of states; with it every state would be lost.",
    },
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
