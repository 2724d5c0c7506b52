import type { Decision } from "./evaluation/decision";
import type { PolicyEvaluator } from "./evaluation/evaluate";
import { vaultPaths } from "./vault-paths";

/** Whether an identity reads a secret's value, and the deciding rule. */
export interface SecretReading {
  /** `wrapped`: only in a wrapped answer. */
  readonly reads: "yes" | "wrapped" | "no";
  /** The decision on the read. */
  readonly decision: Decision;
}

/**
 * Whether an identity reads a secret's value.
 * @param secret path below the key-value mount, such as `pools/tecnica/licence-server`, or `accounts/<name>`
 */
export function secretReading(identity: PolicyEvaluator, city: string, secret: string): SecretReading {
  const request = { path: secretPath(city, secret), operation: "read" } as const;
  const decision = identity.decide(request);
  const rule = decision.rule?.rule;
  if (rule?.minWrappingSeconds === undefined) return { reads: decision.allowed ? "yes" : "no", decision };
  const parameters = Object.fromEntries((rule.requiredParameters ?? []).map((name) => [name, "any"]));
  const wrapped = identity.decide({ ...request, parameters, wrapSeconds: rule.minWrappingSeconds });
  return { reads: wrapped.allowed ? "wrapped" : "no", decision: wrapped };
}

/** The API path of a secret's value; for `accounts/<name>` that of the account's password. */
export function secretPath(city: string, secret: string): string {
  const { keyValue, directory } = vaultPaths(city);
  const [, account] = /^accounts\/(.+)$/.exec(secret) ?? [];
  return account === undefined ? `${keyValue}/data/${secret}` : `${directory}/static-cred/${account}`;
}
