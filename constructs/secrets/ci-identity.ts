import { JwtAuthBackend } from "@cdktf/provider-vault/lib/jwt-auth-backend";
import { JwtAuthBackendRole } from "@cdktf/provider-vault/lib/jwt-auth-backend-role";
import type { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import { CI_ROLES } from "../../access/ci-environments";
import type { CiRole } from "../../access/ci-environments";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { boundClaims } from "./ci-claims";
import type { CiRepository } from "./ci-claims";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_MINUTE } from "./duration";

const LOGIN_MINUTES = 60;

/** The login of CI jobs in Vault. */
export interface CiIdentityProps {
  /** The city's id, from which the names of its CI environments are made. */
  readonly city: string;
  /** Policies by role: plan, apply, issue the desktops' first secrets, and create and rotate first values. */
  readonly policies: Readonly<Record<CiRole, PolicyDefinition>>;
  /** Path of the JWT method. */
  readonly path: string;
  /** The only repository whose jobs may log in, with its platform. */
  readonly repository: CiRepository;
  /** Issuer of the identity tokens; Vault gets its keys by OpenID Connect discovery. */
  readonly issuer: string;
  /** Audience that a token must have. */
  readonly audience: string;
}

/** CI's login: role `plan` for read-only jobs, the others for approved jobs. @see boundClaims */
export class CiIdentity extends Construct {
  /** Reference to the method's path; what uses it is created after the method. */
  public readonly path: string;
  /** The policy of the role `apply`. */
  public readonly applyPolicy: Policy;

  public constructor(scope: Construct, id: string, props: CiIdentityProps) {
    super(scope, id);
    const backend = new JwtAuthBackend(this, "method", {
      path: props.path,
      type: "jwt",
      description: `Identity tokens of ${props.repository.platform} jobs`,
      oidcDiscoveryUrl: props.issuer,
      boundIssuer: props.issuer,
    });
    this.path = backend.path;
    const policies = declaredPolicies(this, props.policies);
    this.applyPolicy = policies.apply;
    for (const role of CI_ROLES) this.role(role, backend, policies[role], props);
  }

  private role(
    role: CiRole,
    backend: JwtAuthBackend,
    policy: Policy,
    { city, audience, repository }: CiIdentityProps,
  ): void {
    new JwtAuthBackendRole(this, `${role}-role`, {
      backend: backend.path,
      roleName: role,
      roleType: "jwt",
      userClaim: "sub",
      boundAudiences: [audience],
      boundClaims: boundClaims(role, city, repository),
      tokenPolicies: [policy.name],
      tokenNoDefaultPolicy: true,
      tokenTtl: LOGIN_MINUTES * SECONDS_PER_MINUTE,
      tokenMaxTtl: LOGIN_MINUTES * SECONDS_PER_MINUTE,
    });
  }
}

function declaredPolicies(scope: Construct, policies: CiIdentityProps["policies"]): Record<CiRole, Policy> {
  const declared = (role: CiRole): Policy => declaredPolicy(scope, `${role}-policy`, policies[role]);
  return {
    plan: declared("plan"),
    apply: declared("apply"),
    "first-secrets": declared("first-secrets"),
    secrets: declared("secrets"),
  };
}
