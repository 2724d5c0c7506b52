import type { PolicyRule } from "../policy";
import type { AccessPlan } from "../access-plan";
import { anyCertificateRole } from "../certificate-roles";
import { WRAPPING_SECONDS } from "../secret-id";
import { vaultPaths } from "../vault-paths";
import { configuration, keptKinds, READ } from "./configuration-rules";
import type { Configured, KeptKind } from "./configuration-rules";
import { ACCESS_MACHINES, GATEWAYS } from "./gateway-rules";

/**
 * Rules to read the city's configuration: enough for a plan of `<city>-secrets`, and no secret. Resources that leave
 * the file or are new in it are read like existing ones.
 */
export function planRules(plan: Configured): PolicyRule[] {
  const { city } = plan;
  const readable = configuration(plan).filter(({ capabilities }) => capabilities.includes("read"));
  const kinds = keptKinds(city).map(({ below, any, why }) => ({ path: `${below}${any}`, why }));
  return [...[...readable, ...kinds].map(({ path, why }) => ({ path, capabilities: READ, why })), ...lookUps()];
}

/**
 * Rules to change the city's configuration, no more: a test removes each capability in turn, with providers 3.3.1 and
 * 5.6.0. They name no path of a secret and unmount no store. Still, the login is as powerful as the secrets: it may
 * write policies and roles, and so grant itself whatever these can reach, in all of the city's namespace. So it is for
 * the protected branch alone.
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

/** For what is no longer declared: it is read and deleted. */
const LEFT: PolicyRule["capabilities"] = ["read", "delete"];

function namesOf(plan: AccessPlan, policies: readonly string[]): Record<KeptKind, readonly string[]> {
  const pools = plan.pools.map(({ name }) => name);
  const pairs = [...(plan.gateways ? [GATEWAYS] : []), ...(plan.accessMachines ? [ACCESS_MACHINES] : [])];
  return {
    policies,
    machines: [...pools, ...pairs],
    certificates: [...pools.map(anyCertificateRole), ...pairs],
    ssh: plan.sshRoles,
  };
}

/**
 * Rules to issue the desktops' first secrets: a secret id of any pool or of the access machines, always wrapped. The login's holder could open
 * one, and then read what that pool's desktops read; the machine would find its own secret opened.
 * @param roles names of the pools, and of the access machines' role; no other, such as the gateways'
 */
export function firstSecretRules(city: string, roles: readonly string[]): PolicyRule[] {
  const { appRole } = vaultPaths(city);
  return [
    ...roles.map((role): PolicyRule => ({
      path: `auth/${appRole}/role/${role}/secret-id`,
      capabilities: ["update"],
      minWrappingSeconds: 1,
      maxWrappingSeconds: WRAPPING_SECONDS,
      why: `First secrets of ${role === ACCESS_MACHINES ? "the access machines" : `desktops of pool ${role}`}, wrapped.`,
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
