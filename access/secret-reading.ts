import type { Decision } from "./evaluation/decision";
import type { PolicyEvaluator } from "./evaluation/evaluate";
import { vaultPaths } from "./vault-paths";

/** Whether somebody reads the value of a secret, and what decides it. */
export interface SecretReading {
  /** `wrapped`: only in an answer that is wrapped. */
  readonly reads: "yes" | "wrapped" | "no";
  /** What decides it. */
  readonly decision: Decision;
}

/**
 * Whether an identity reads a secret's value.
 * @param secret the way below the key-value mount, such as `pools/tecnica/licence-server`, or `accounts/<name>`
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

/** The path of the API under which a secret's value is read; that of `accounts/<name>` is an account's password. */
export function secretPath(city: string, secret: string): string {
  const { keyValue, directory } = vaultPaths(city);
  const [, account] = /^accounts\/(.+)$/.exec(secret) ?? [];
  return account === undefined ? `${keyValue}/data/${secret}` : `${directory}/static-cred/${account}`;
}
