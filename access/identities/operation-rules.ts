import type { PolicyRule } from "../policy";
import { passwordPolicy, vaultPaths } from "../vault-paths";

/**
 * What putting first values in place and having passwords changed needs. Values can be made and not read or overwritten: of a
 * secret that is there, a write is an update, which is not allowed.
 */
export function operationRules(city: string): PolicyRule[] {
  const { keyValue, directory } = vaultPaths(city);
  return [
    {
      path: `sys/policies/password/${passwordPolicy(city)}/generate`,
      capabilities: ["read"],
      why: "Passwords are made by Vault.",
    },
    { path: `${keyValue}/data/*`, capabilities: ["create"], why: "First values, never another one in their place." },
    { path: `${keyValue}/metadata/*`, capabilities: ["list", "read"], why: "What is there, and since when." },
    { path: `${directory}/config`, capabilities: ["create", "read", "update"], why: "How Vault sets passwords." },
    { path: `${directory}/rotate-root`, capabilities: ["update"], why: "The manager's own password." },
    {
      path: `${directory}/static-role/+`,
      capabilities: ["create", "read", "update", "delete"],
      why: "The accounts and how often they get another password.",
    },
    { path: `${directory}/static-role`, capabilities: ["list"], why: "Accounts that the file no longer has." },
    { path: `${directory}/rotate-role/+`, capabilities: ["update"], why: "Another password at once." },
  ];
}
