import type { AccessPlan } from "../access-plan";
import { breakGlassRules } from "./break-glass-rules";
import { authorityRules } from "./authority-rules";
import { GATEWAYS, gatewayRules } from "./gateway-rules";
import { operationRules } from "./operation-rules";
import { applyRules, firstSecretRules, planRules } from "./ci-rules";
import type { Policy, PolicyRule } from "../policy";
import { poolRules } from "./pool-rules";
import { stateKeyRules } from "./state-key-rules";
import { teamRules } from "./team-rules";

/** Somebody who logs in to Vault. */
export interface Identity {
  /** `pool:<name>`, `gateways`, `team:<name>`, `break-glass`, `ci:plan`, `ci:apply`, `ci:first-secrets` or `ci:secrets`. */
  readonly id: string;
  /** All that he may do. */
  readonly policy: Policy;
}

/** Everybody who logs in to a city's Vault, desktops first; each has one policy, and nothing but what it allows. */
export function identities(plan: AccessPlan): Identity[] {
  const { city, pools, teams, breakGlass, gateways, accounts, authority } = plan;
  const people = teams.map((team) => identity(`team:${team.name}`, `${city}-team-${team.name}`, teamRules(city, team)));
  return [
    ...pools.map((pool) => identity(`pool:${pool.name}`, `${city}-pool-${pool.name}`, poolRules(city, pool))),
    ...(gateways ? [identity(GATEWAYS, `${city}-${GATEWAYS}`, gatewayRules(city))] : []),
    ...people,
    ...(breakGlass ? [identity("break-glass", `${city}-break-glass`, breakGlassRules(city))] : []),
    identity("ci:plan", `${city}-ci-plan`, [...planRules(city), ...stateKeyRules(city)]),
    identity("ci:apply", `${city}-ci-apply`, [...applyRules(city), ...stateKeyRules(city)]),
    identity(
      "ci:first-secrets",
      `${city}-ci-first-secrets`,
      firstSecretRules(
        city,
        pools.map(({ name }) => name),
      ),
    ),
    identity("ci:secrets", `${city}-ci-secrets`, [
      ...operationRules(city, accounts),
      ...(authority ? authorityRules(city) : []),
    ]),
  ];
}

function identity(id: string, name: string, rules: readonly PolicyRule[]): Identity {
  return { id, policy: { name, rules } };
}
