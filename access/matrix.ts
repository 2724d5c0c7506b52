import type { AccessPlan } from "./access-plan";
import type { PolicyEvaluator } from "./evaluation/evaluate";
import { directorateSecrets, poolSecrets, teamSecrets, vaultPaths } from "./vault-paths";
import type { Policy } from "./policy";

/** What somebody may do at a path. */
export interface AccessCell {
  /** Id of the identity. */
  readonly identity: string;
  /** Path of the API. */
  readonly path: string;
  /** Sorted; `deny` alone where nothing is allowed. */
  readonly capabilities: readonly string[];
}

/** An identity with what it may do. */
export interface EvaluatedIdentity {
  readonly id: string;
  readonly policy: Policy;
  readonly evaluator: PolicyEvaluator;
}

/** Stands for any name where a policy leaves it open. */
const ANY = "any";
/** The parts of the key-value store's version 2 (Vault documentation, "KV secrets engine, version 2: ACL rules"). */
const PARTS = ["data", "metadata", "delete", "undelete", "destroy"];

/** Everybody at every path, whether he may do something there or not. */
export function accessMatrix(identities: readonly EvaluatedIdentity[], paths: readonly string[]): AccessCell[] {
  return identities.flatMap(({ id, evaluator }) =>
    paths.map((path) => ({ identity: id, path, capabilities: evaluator.capabilities(path) })),
  );
}

/**
 * The paths that tell the identities of a city apart, sorted: one for each path of a policy, with `any` where the policy leaves
 * a name open, and a secret in each pool's, directorate's and team's folder, in all parts of the store.
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
