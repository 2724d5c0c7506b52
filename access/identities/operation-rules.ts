import type { AccountPlan } from "../access-plan";
import type { PolicyRule } from "../policy";
import { passwordPolicy, vaultPaths } from "../vault-paths";

/**
 * Rules to create first values and rotate passwords. Values can be created but not read or overwritten: a write to an
 * existing secret is an update, which is not allowed. The directory's configuration can be set only as declared: at
 * another address a server would be sent the manager's password.
 */
export function operationRules(city: string, accounts: AccountPlan | undefined): PolicyRule[] {
  const { keyValue } = vaultPaths(city);
  return [
    {
      path: `sys/policies/password/${passwordPolicy(city)}/generate`,
      capabilities: ["read"],
      why: "Passwords are made by Vault.",
    },
    { path: `${keyValue}/data/*`, capabilities: ["create"], why: "First values, never another one in their place." },
    { path: `${keyValue}/metadata/*`, capabilities: ["list", "read"], why: "What is there, and since when." },
    { path: "sys/audit", capabilities: ["read", "sudo"], why: "Whether anybody records; Vault asks for sudo here." },
    { path: "auth/token/lookup-self", capabilities: ["read"], why: "When its own login ends." },
    ...(accounts === undefined ? [] : accountRules(accounts)),
  ];
}

function accountRules({ mount, config, accounts }: AccountPlan): PolicyRule[] {
  const roles = [...accounts].map(([name, { username, dn }]): PolicyRule => ({
    path: `${mount}/static-role/${name}`,
    capabilities: ["create", "read", "update"],
    allowedParameters: { username: [username], dn: [dn], rotation_period: [] },
    why: `The account ${name}, and how often it gets another password.`,
  }));
  return [
    {
      path: `${mount}/config`,
      capabilities: ["create", "read", "update"],
      allowedParameters: { ...each(config), bindpass: [] },
      why: "How Vault sets passwords.",
    },
    { path: `${mount}/rotate-root`, capabilities: ["update"], why: "The manager's own password." },
    ...roles,
    { path: `${mount}/static-role`, capabilities: ["list"], why: "Accounts that the file no longer has." },
    { path: `${mount}/rotate-role/+`, capabilities: ["update"], why: "Another password at once." },
  ];
}

function each(values: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [value]]));
}
