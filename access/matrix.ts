import type { AccessPlan } from "./access-plan";
import type { PolicyEvaluator } from "./evaluation/evaluate";
import { directorateSecrets, poolSecrets, teamSecrets, vaultPaths } from "./vault-paths";
import type { Policy } from "./policy";

/** The capabilities of an identity at a path. */
export interface AccessCell {
  /** Id of the identity. */
  readonly identity: string;
  /** Path of the API. */
  readonly path: string;
  /** Sorted; only `deny` where nothing is allowed. */
  readonly capabilities: readonly string[];
}

/** An identity and its evaluated policy. */
export interface EvaluatedIdentity {
  readonly id: string;
  readonly policy: Policy;
  readonly evaluator: PolicyEvaluator;
}

/** Stands for any name where a policy has a wildcard. */
const ANY = "any";
/**
 * Path segments of version 2 of the key-value store (Vault documentation, "KV secrets engine, version 2: ACL rules").
 */
const PARTS = ["data", "metadata", "delete", "undelete", "destroy"];

/** A cell for every identity at every path. */
export function accessMatrix(identities: readonly EvaluatedIdentity[], paths: readonly string[]): AccessCell[] {
  return identities.flatMap(({ id, evaluator }) =>
    paths.map((path) => ({ identity: id, path, capabilities: evaluator.capabilities(path) })),
  );
}

/**
 * The paths that distinguish a city's identities, sorted: every path of a policy, with `any` in place of wildcards, and
 * a secret in each folder of a pool, directorate or team, in all parts of the store.
 */
export function matrixPaths(plan: AccessPlan, identities: readonly EvaluatedIdentity[]): string[] {
  const { keyValue } = vaultPaths(plan.city);
  const folders = [
    ...plan.pools.map(({ name }) => poolSecrets(name)),
    ...plan.directorates.map(directorateSecrets),
    ...plan.teams.map(({ name }) => teamSecrets(name)),
  ];
  const secrets = folders.flatMap((folder) => PARTS.map((part) => `${keyValue}/${part}/${folder}/${ANY}`));
  const named = identities.flatMap(({ policy }) => policy.rules.map(({ path }) => path.replace(/[*+]/g, ANY)));
  return [...new Set([...secrets, ...named])].sort();
}
