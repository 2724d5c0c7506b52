import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

const WRAPPED_SECONDS = 900;
/** The parameter that says why a secret is read in an emergency; the audit log has it in plain text. */
export const REASON = "reason";

/**
 * What may be done in an emergency: find every secret of the city and read it, wrapped and with a reason only. The reason
 * stands in the audit log, and whoever opens the wrapping is another line of it: a value that was seen is told apart from one
 * that was only fetched. HashiCorp's Vault holds reads to no parameters: there the reason is asked for by the command alone.
 */
export function breakGlassRules(city: string): PolicyRule[] {
  const { keyValue, directory } = vaultPaths(city);
  return [
    {
      path: `${keyValue}/data/*`,
      capabilities: ["read"],
      requiredParameters: [REASON],
      minWrappingSeconds: 1,
      maxWrappingSeconds: WRAPPED_SECONDS,
      why: "Every secret of the city in an emergency, wrapped.",
    },
    {
      path: `${directory}/static-cred/+`,
      capabilities: ["read"],
      requiredParameters: [REASON],
      minWrappingSeconds: 1,
      maxWrappingSeconds: WRAPPED_SECONDS,
      why: "Every account's password in an emergency, wrapped.",
    },
    { path: `${keyValue}/metadata/*`, capabilities: ["list", "read"], why: "Finding it." },
    { path: "auth/token/revoke-self", capabilities: ["update"], why: "The login is given back once it was used." },
  ];
}
