import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

const WRAPPED_SECONDS = 900;
/** The parameter with the reason for reading a secret in an emergency; the audit log has it in plain text. */
export const REASON = "reason";

/**
 * Rules for an emergency: find and read every secret of the city, only wrapped and with a reason. The audit log has the
 * reason, and a separate line for the opening of the wrapping: so a value that was seen differs from one that was only
 * fetched. HashiCorp's Vault checks no parameters of reads: there only the command asks for the reason.
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
