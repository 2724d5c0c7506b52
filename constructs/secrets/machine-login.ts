import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import type { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { SECRET_ID_SECONDS } from "../../access/secret-id";
import { ValidationError } from "../validation-error";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_MINUTE } from "./duration";

/** How machines of a kind log in to Vault. */
export interface MachineLoginProps {
  /** Name of their role. */
  readonly role: string;
  /** What they may do. */
  readonly policy: PolicyDefinition;
  /** Path of the AppRole method. */
  readonly backend: string;
  /** Ranges in CIDR notation, at least one, a single address without its length: from elsewhere neither secret ids nor tokens open anything. */
  readonly ranges: readonly string[];
  /** Life of a machine's token, in minutes; it cannot be renewed past it. */
  readonly loginMinutes: number;
}

/**
 * Declares the policy of machines and the AppRole that they log in by, each with a secret id that opens once.
 * @throws ValidationError without ranges: Vault would take none for every address
 */
export function machineLogin(scope: Construct, props: MachineLoginProps): void {
  const { role, policy, backend, ranges, loginMinutes } = props;
  ValidationError.throwIfAny(ranges.length === 0 ? [`the role ${role} has no ranges to log in from`] : [], scope);
  const { name } = declaredPolicy(scope, "policy", policy);
  new ApproleAuthBackendRole(scope, "role", {
    backend,
    roleName: role,
    bindSecretId: true,
    secretIdNumUses: 1,
    secretIdTtl: SECRET_ID_SECONDS,
    secretIdBoundCidrs: ranges.map(withLength),
    // Of tokens Vault gives a single address back without its length, and the provider would plan a change for ever.
    tokenBoundCidrs: [...ranges],
    tokenTtl: loginMinutes * SECONDS_PER_MINUTE,
    tokenMaxTtl: loginMinutes * SECONDS_PER_MINUTE,
    tokenNoDefaultPolicy: true,
    tokenPolicies: [name],
  });
}

/** Of secret ids Vault takes no address without its length. */
function withLength(range: string): string {
  if (range.includes("/")) return range;
  return `${range}/${range.includes(":") ? "128" : "32"}`;
}
