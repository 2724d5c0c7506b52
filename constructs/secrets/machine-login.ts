import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import type { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { SECRET_ID_SECONDS } from "../../access/secret-id";
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
  /** Life of a machine's token, in minutes; it cannot be renewed past it. */
  readonly loginMinutes: number;
}

/** Declares the policy of machines and the AppRole that they log in by, each with a secret id that opens once. */
export function machineLogin(scope: Construct, { role, policy, backend, loginMinutes }: MachineLoginProps): void {
  const { name } = declaredPolicy(scope, "policy", policy);
  new ApproleAuthBackendRole(scope, "role", {
    backend,
    roleName: role,
    bindSecretId: true,
    secretIdNumUses: 1,
    secretIdTtl: SECRET_ID_SECONDS,
    tokenTtl: loginMinutes * SECONDS_PER_MINUTE,
    tokenMaxTtl: loginMinutes * SECONDS_PER_MINUTE,
    tokenNoDefaultPolicy: true,
    tokenPolicies: [name],
  });
}
