import type { Capability, PolicyRule } from "./policy";
import { vaultPaths } from "./vault-paths";

const CHANGE: readonly Capability[] = ["create", "read", "update", "delete"];
const READ: readonly Capability[] = ["read"];
/** A day: as long as machines may wait until they are started. */
const FIRST_SECRET_SECONDS = 86_400;

/** What reading the city's configuration needs: enough for a plan of `<city>-secrets`, and no secret of anybody. */
export function planRules(city: string): PolicyRule[] {
  return [...configuration(city, READ), ...lookUps()];
}

/**
 * What changing the city's configuration needs. It names no path of a secret, but it is not less than the secrets: whoever
 * may write policies and roles can grant himself what they may reach. So this login is for the protected branch alone.
 */
export function applyRules(city: string): PolicyRule[] {
  const { pki } = vaultPaths(city);
  return [
    ...configuration(city, CHANGE),
    ...lookUps(),
    { path: `sys/auth/${city}/*`, capabilities: [...CHANGE, "sudo"], why: "Login methods; Vault asks for sudo here." },
    {
      path: `${pki}/issuers/generate/root/internal`,
      capabilities: ["create", "update"],
      why: "The authority's key is born in Vault.",
    },
    {
      path: `${pki}/root/generate/internal`,
      capabilities: ["create", "update"],
      why: "The same, as older providers ask.",
    },
    { path: `${pki}/issuer/+`, capabilities: ["read", "delete"], why: "Removing the authority." },
    { path: `${pki}/root`, capabilities: ["delete", "sudo"], why: "The same, as older providers ask." },
  ];
}

function configuration(city: string, capabilities: readonly Capability[]): PolicyRule[] {
  const { pki, appRole, ci, people, breakGlass } = vaultPaths(city);
  return [
    { path: `sys/mounts/${city}/*`, capabilities, why: "The city's secret stores." },
    { path: `sys/policies/acl/${city}-*`, capabilities, why: "The city's policies." },
    { path: `sys/policies/password/${city}-*`, capabilities, why: "The city's password policies." },
    { path: `sys/mounts/auth/${city}/*`, capabilities, why: "Settings of the city's login methods." },
    { path: `${pki}/config/urls`, capabilities, why: "Addresses in certificates." },
    { path: `${pki}/roles/*`, capabilities, why: "What certificates may be issued." },
    { path: `auth/${appRole}/role/+`, capabilities, why: "The pools' roles." },
    { path: `auth/${appRole}/role/+/role-id`, capabilities, why: "A role's public id." },
    { path: `auth/${ci}/config`, capabilities, why: "How CI's tokens are checked." },
    { path: `auth/${ci}/role/+`, capabilities, why: "CI's roles." },
    ...[people, breakGlass].flatMap((method) => [
      { path: `auth/${method}/config`, capabilities, why: "How people's logins are checked." },
      { path: `auth/${method}/groups/+`, capabilities, why: "The directory's groups and their policies." },
    ]),
  ];
}

/**
 * What issuing the desktops' first secrets needs: a secret id of any pool, which only comes wrapped and for a short time, so
 * that whoever asks for it cannot have read it unseen.
 */
export function firstSecretRules(city: string): PolicyRule[] {
  const { appRole } = vaultPaths(city);
  return [
    {
      path: `auth/${appRole}/role/+/secret-id`,
      capabilities: ["update"],
      minWrappingSeconds: 1,
      maxWrappingSeconds: FIRST_SECRET_SECONDS,
      why: "First secrets of desktops, wrapped.",
    },
    { path: `auth/${appRole}/role/+/role-id`, capabilities: READ, why: "A role's public id." },
  ];
}

function lookUps(): PolicyRule[] {
  return [
    { path: "sys/mounts", capabilities: READ, why: "Terraform's provider looks a mount up in the list of all." },
    { path: "sys/auth", capabilities: READ, why: "Terraform's provider looks a login method up in the list of all." },
    { path: "auth/token/lookup-self", capabilities: READ, why: "Terraform's provider reads its own token." },
  ];
}
