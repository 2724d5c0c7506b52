import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import type { ApproleAuthBackendRoleConfig } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import type { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { SECRET_ID_SECONDS } from "../../access/secret-id";
import { ValidationError } from "../validation-error";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_DAY, SECONDS_PER_MINUTE } from "./duration";

/** The login of machines of one kind in Vault. */
export interface MachineLoginProps {
  /** Name of their role. */
  readonly role: string;
  /** The machines' policy. */
  readonly policy: PolicyDefinition;
  /** Path of the AppRole method. */
  readonly backend: string;
  /**
   * Address ranges in CIDR notation, at least one, a single address without its length: from other addresses neither
   * secret ids nor tokens work.
   */
  readonly ranges: readonly string[];
  /** Lifetime of a machine's token, in minutes; it cannot be renewed beyond that. */
  readonly loginMinutes: number;
  /** A machine's token instead ends so many days after it was renewed last. @default - it is not renewed */
  readonly renewalDays?: number | undefined;
}

/**
 * Declares the policy of machines and the AppRole for their login, with secret ids that work once.
 * @throws ValidationError without ranges: Vault would take an empty list for every address
 */
export function machineLogin(scope: Construct, props: MachineLoginProps): void {
  const { role, policy, backend, ranges } = props;
  ValidationError.throwIfAny(ranges.length === 0 ? [`the role ${role} has no ranges to log in from`] : [], scope);
  const { name } = declaredPolicy(scope, "policy", policy);
  new ApproleAuthBackendRole(scope, "role", {
    backend,
    roleName: role,
    bindSecretId: true,
    secretIdNumUses: 1,
    secretIdTtl: SECRET_ID_SECONDS,
    secretIdBoundCidrs: ranges.map(withLength),
    // For tokens Vault returns a single address without its length; with it the provider would plan a change every
    // time.
    tokenBoundCidrs: [...ranges],
    ...lifetime(props),
    tokenNoDefaultPolicy: true,
    tokenPolicies: [name],
  });
}

function lifetime({
  loginMinutes,
  renewalDays,
}: MachineLoginProps): Pick<ApproleAuthBackendRoleConfig, "tokenTtl" | "tokenMaxTtl" | "tokenPeriod"> {
  if (renewalDays !== undefined) return { tokenPeriod: renewalDays * SECONDS_PER_DAY };
  const seconds = loginMinutes * SECONDS_PER_MINUTE;
  return { tokenTtl: seconds, tokenMaxTtl: seconds };
}

/** For secret ids Vault requires the length of an address. */
function withLength(range: string): string {
  if (range.includes("/")) return range;
  return `${range}/${range.includes(":") ? "128" : "32"}`;
}
