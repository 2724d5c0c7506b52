import { JwtAuthBackend } from "@cdktf/provider-vault/lib/jwt-auth-backend";
import { JwtAuthBackendRole } from "@cdktf/provider-vault/lib/jwt-auth-backend-role";
import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { boundClaims } from "./ci-claims";
import type { CiRepository, CiRole } from "./ci-claims";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_MINUTE } from "./duration";

const LOGIN_MINUTES = 60;

const ROLES: readonly CiRole[] = ["plan", "apply", "first-secrets", "secrets"];

/** How the jobs of CI log in to Vault. */
export interface CiIdentityProps {
  /** The city's id, from which its environments have their names. */
  readonly city: string;
  /** What jobs may do: to plan, to apply, to issue the desktops' first secrets, and to put first values in place and rotate. */
  readonly policies: Readonly<Record<CiRole, PolicyDefinition>>;
  /** Path of the JWT method. */
  readonly path: string;
  /** The only repository whose jobs may log in, and its platform. */
  readonly repository: CiRepository;
  /** Issuer of the identity tokens; Vault reads its keys by OpenID Connect discovery. */
  readonly issuer: string;
  /** Audience that a token must name. */
  readonly audience: string;
}

/** CI's login: role `plan` for jobs that may only read, the others for jobs that somebody approved. @see boundClaims */
export class CiIdentity extends Construct {
  /** Reference to the path of the method: what holds it is made after the method. */
  public readonly path: string;

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
    for (const role of ROLES) this.role(role, backend, props);
  }

  private role(role: CiRole, backend: JwtAuthBackend, { city, policies, audience, repository }: CiIdentityProps): void {
    const policy = declaredPolicy(this, `${role}-policy`, policies[role]);
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
