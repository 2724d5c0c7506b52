import type { PolicyRule } from "../policy";
import type { AccessPlan } from "../access-plan";
import { anyCertificateRole } from "../certificate-roles";
import { WRAPPING_SECONDS } from "../secret-id";
import { vaultPaths } from "../vault-paths";
import { configuration, keptKinds, READ } from "./configuration-rules";
import type { Configured, KeptKind } from "./configuration-rules";
import { GATEWAYS } from "./gateway-rules";

/**
 * What reading the city's configuration needs: enough for a plan of `<city>-secrets`, and no secret of anybody. What leaves the file
 * or comes with it is read like what is there.
 */
export function planRules(plan: Configured): PolicyRule[] {
  const { city } = plan;
  const readable = configuration(plan).filter(({ capabilities }) => capabilities.includes("read"));
  const kinds = keptKinds(city).map(({ below, any, why }) => ({ path: `${below}${any}`, why }));
  return [...[...readable, ...kinds].map(({ path, why }) => ({ path, capabilities: READ, why })), ...lookUps()];
}

/**
 * What changing the city's configuration needs, no more: a test takes every capability away in turn, with providers 3.3.1
 * and 5.6.0. It names no path of a secret and unmounts no store, but it is not less than the secrets: whoever may write policies
 * and roles can grant himself what they may reach, all of the city's namespace. So this login is for the protected branch alone.
 * @param policies names of all policies of the city
 */
export function applyRules(plan: AccessPlan, policies: readonly string[]): PolicyRule[] {
  const { city } = plan;
  const { appRole, ci, people, breakGlass } = vaultPaths(city);
  return [
    ...configuration(plan),
    ...keptKinds(city).flatMap(({ kind, below, any, capabilities, why }) => [
      ...namesOf(plan, policies)[kind].map((name) => ({ path: `${below}${name}`, capabilities, why })),
      { path: `${below}${any}`, capabilities: LEFT, why: `${why} Those that the file no longer has.` },
    ]),
    ...[appRole, ci, people, breakGlass].map((method): PolicyRule => ({
      path: `sys/auth/${method}`,
      capabilities: ["update", "delete", "sudo"],
      why: "Login methods; Vault asks for sudo here.",
    })),
    ...lookUps(),
  ];
}

/** Of what was declared and is no longer: found, and removed. */
const LEFT: PolicyRule["capabilities"] = ["read", "delete"];

function namesOf(plan: AccessPlan, policies: readonly string[]): Record<KeptKind, readonly string[]> {
  const pools = plan.pools.map(({ name }) => name);
  const gateways = plan.gateways ? [GATEWAYS] : [];
  return {
    policies,
    machines: [...pools, ...gateways],
    certificates: [...pools.map(anyCertificateRole), ...gateways],
    ssh: plan.sshRoles,
  };
}

/**
 * What issuing the desktops' first secrets needs: a secret id of any pool, which only comes wrapped. Whoever
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
      maxWrappingSeconds: WRAPPING_SECONDS,
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
