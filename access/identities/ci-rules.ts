import type { Capability, PolicyRule } from "../policy";
import { SECRET_ID_SECONDS } from "../secret-id";
import { passwordPolicy, vaultPaths } from "../vault-paths";
import { sshAuthorityRules } from "./ssh-rules";
import { stateKeyKeepingRules, stateKeyStoreRule } from "./state-key-rules";

/** Of most kinds of things, of which Vault (as OpenBao 2.6.1) does not tell making from changing: both are an update. */
const KEEP: readonly Capability[] = ["read", "update", "delete"];
/** Of the kinds that it looks for first, and so tells making from changing. */
const MAKE_AND_KEEP: readonly Capability[] = ["create", ...KEEP];
/** Of what comes and goes with its mount. */
const SET: readonly Capability[] = ["read", "update"];
const READ: readonly Capability[] = ["read"];

/** What reading the city's configuration needs: enough for a plan of `<city>-secrets`, and no secret of anybody. */
export function planRules(city: string): PolicyRule[] {
  const readable = configuration(city).filter(({ capabilities }) => capabilities.includes("read"));
  return [...readable.map(({ path, why }) => ({ path, capabilities: READ, why })), ...lookUps()];
}

/**
 * What changing the city's configuration needs, no more: a test takes every capability away in turn, with providers 3.3.1
 * and 5.6.0. It names no path of a secret, but it is not less than the secrets: whoever may write policies and roles can grant
 * himself what they may reach. So this login is for the protected branch alone.
 */
export function applyRules(city: string): PolicyRule[] {
  return [
    ...configuration(city),
    ...lookUps(),
    stateKeyStoreRule(city),
    {
      path: `sys/auth/${city}/*`,
      capabilities: ["update", "delete", "sudo"],
      why: "Login methods; Vault asks for sudo here.",
    },
  ];
}

function configuration(city: string): PolicyRule[] {
  const { keyValue, pki, appRole, ci, people, breakGlass } = vaultPaths(city);
  return [
    { path: `sys/mounts/${city}/*`, capabilities: KEEP, why: "The city's secret stores; provider 5.6.0 reads each." },
    { path: `sys/policies/acl/${city}-*`, capabilities: KEEP, why: "The city's policies." },
    { path: `sys/policies/password/${passwordPolicy(city)}`, capabilities: KEEP, why: "How passwords are made." },
    { path: `sys/mounts/auth/${city}/*`, capabilities: SET, why: "Settings of the city's login methods." },
    { path: `sys/quotas/rate-limit/${city}-*`, capabilities: KEEP, why: "How much one client may ask." },
    { path: `${keyValue}/config`, capabilities: SET, why: "How many versions are kept, and how long." },
    { path: `${pki}/config/urls`, capabilities: SET, why: "Addresses in certificates." },
    { path: `${pki}/config/crl`, capabilities: SET, why: "How long revocation lists live." },
    { path: `${pki}/config/auto-tidy`, capabilities: SET, why: "When certificates that ended are forgotten." },
    { path: `${pki}/roles/*`, capabilities: KEEP, why: "What certificates may be issued." },
    { path: `auth/${appRole}/role/+`, capabilities: MAKE_AND_KEEP, why: "The pools' roles." },
    { path: `auth/${appRole}/role/+/role-id`, capabilities: READ, why: "A role's public id." },
    { path: `auth/${ci}/config`, capabilities: SET, why: "How CI's tokens are checked." },
    { path: `auth/${ci}/role/+`, capabilities: MAKE_AND_KEEP, why: "CI's roles." },
    ...[people, breakGlass].flatMap((method) => [
      { path: `auth/${method}/config`, capabilities: SET, why: "How people's logins are checked." },
      { path: `auth/${method}/groups/+`, capabilities: KEEP, why: "The directory's groups and their policies." },
    ]),
    ...sshAuthorityRules(city),
    ...stateKeyKeepingRules(city),
  ];
}

/**
 * What issuing the desktops' first secrets needs: a secret id of any pool, which only comes wrapped and for a short time. Whoever
 * has this login can open one himself, and then reads what that pool's desktops read; the machine finds its own opened then.
 * @param pools names of the pools; no other role's is issued, such as the gateways'
 */
export function firstSecretRules(city: string, pools: readonly string[]): PolicyRule[] {
  const { appRole } = vaultPaths(city);
  return [
    ...pools.map((pool): PolicyRule => ({
      path: `auth/${appRole}/role/${pool}/secret-id`,
      capabilities: ["update"],
      minWrappingSeconds: 1,
      maxWrappingSeconds: SECRET_ID_SECONDS,
      why: `First secrets of desktops of pool ${pool}, wrapped.`,
    })),
    { path: `auth/${appRole}/role/+/role-id`, capabilities: READ, why: "A role's public id." },
  ];
}

function lookUps(): PolicyRule[] {
  return [
    { path: "sys/mounts", capabilities: READ, why: "Provider 3.3.1 looks a mount up in the list of all." },
    { path: "sys/auth", capabilities: READ, why: "Provider 3.3.1 looks a login method up in the list of all." },
    { path: "auth/token/lookup-self", capabilities: READ, why: "Provider 5.6.0 reads its own token." },
  ];
}
