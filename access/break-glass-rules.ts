import type { PolicyRule } from "./policy";
import { vaultPaths } from "./vault-paths";

const WRAPPED_SECONDS = 900;

/**
 * What may be done in an emergency: find every secret of the city and read it, wrapped only. Whoever opens the wrapping is
 * another line of the audit log, so a value that was seen is told apart from one that was only fetched.
 */
export function breakGlassRules(city: string): PolicyRule[] {
  const { keyValue } = vaultPaths(city);
  return [
    {
      path: `${keyValue}/data/*`,
      capabilities: ["read"],
      minWrappingSeconds: 1,
      maxWrappingSeconds: WRAPPED_SECONDS,
      why: "Every secret of the city in an emergency, wrapped.",
    },
    { path: `${keyValue}/metadata/*`, capabilities: ["list", "read"], why: "Finding it." },
    { path: "auth/token/revoke-self", capabilities: ["update"], why: "The login is given back once it was used." },
  ];
}
