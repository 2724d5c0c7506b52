import type { AccessPlan } from "../access-plan";
import { breakGlassRules } from "./break-glass-rules";
import { authorityRules } from "./authority-rules";
import { ACCESS_MACHINES, GATEWAYS, gatewayRules } from "./gateway-rules";
import type { PairRole } from "./gateway-rules";
import { operationRules } from "./operation-rules";
import { applyRules, firstSecretRules, planRules } from "./ci-rules";
import type { Policy, PolicyRule } from "../policy";
import { poolRules } from "./pool-rules";
import { stateKeyRules } from "./state-key-rules";
import { teamRules } from "./team-rules";

/** Somebody who logs in to Vault, and his policy. */
export interface Identity {
  /** `pool:<name>`, `gateways`, `access-machines`, `team:<name>`, `break-glass`, `ci:plan`, `ci:apply`, `ci:first-secrets` or `ci:secrets`. */
  readonly id: string;
  /** Everything that the identity may do. */
  readonly policy: Policy;
}

/** Every identity that logs in to a city's Vault, desktops first; each has exactly one policy. */
export function identities(plan: AccessPlan): Identity[] {
  const { city } = plan;
  const others = [...machines(plan), ...people(plan)];
  if (!plan.ci) return others;
  const before = [...others, identity("ci:plan", `${city}-ci-plan`, [...planRules(plan), ...stateKeyRules(city)])];
  const behind = laterJobs(plan);
  const apply = `${city}-ci-apply`;
  const policies = [...before, ...behind].map(({ policy }) => policy.name);
  const rules = [...applyRules(plan, [...policies, apply]), ...stateKeyRules(city)];
  return [...before, identity("ci:apply", apply, rules), ...behind];
}

function machines({ city, pools, gateways, accessMachines }: AccessPlan): Identity[] {
  const pairs: PairRole[] = [...(gateways ? [GATEWAYS] : []), ...(accessMachines ? [ACCESS_MACHINES] : [])];
  return [
    ...pools.map((pool) => identity(`pool:${pool.name}`, `${city}-pool-${pool.name}`, poolRules(city, pool))),
    ...pairs.map((role) => identity(role, `${city}-${role}`, gatewayRules(city, role))),
  ];
}

function people({ city, teams, breakGlass }: AccessPlan): Identity[] {
  return [
    ...teams.map((team) => identity(`team:${team.name}`, `${city}-team-${team.name}`, teamRules(city, team))),
    ...(breakGlass ? [identity("break-glass", `${city}-break-glass`, breakGlassRules(city))] : []),
  ];
}

/** CI jobs that run after a deployment. */
function laterJobs({ city, pools, accessMachines, accounts, authority }: AccessPlan): Identity[] {
  const names = [...pools.map(({ name }) => name), ...(accessMachines ? [ACCESS_MACHINES] : [])];
  const operations = [...operationRules(city, accounts), ...(authority ? authorityRules(city) : [])];
  return [
    identity("ci:first-secrets", `${city}-ci-first-secrets`, firstSecretRules(city, names)),
    identity("ci:secrets", `${city}-ci-secrets`, operations),
  ];
}

function identity(id: string, name: string, rules: readonly PolicyRule[]): Identity {
  return { id, policy: { name, rules } };
}
