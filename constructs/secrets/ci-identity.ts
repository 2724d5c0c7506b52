import { JwtAuthBackend } from "@cdktf/provider-vault/lib/jwt-auth-backend";
import { JwtAuthBackendRole } from "@cdktf/provider-vault/lib/jwt-auth-backend-role";
import { Construct } from "constructs";
import type { Policy as PolicyDefinition } from "../../access/policy";
import { declaredPolicy } from "./declared-policy";
import { SECONDS_PER_MINUTE } from "./duration";

const LOGIN_MINUTES = 60;

/** CI systems whose identity tokens are understood. */
export type CiPlatform = "gitlab" | "github";

/** The roles of CI's jobs; all but `plan` are for the protected branch. */
export type CiRole = "plan" | "apply" | "first-secrets" | "secrets";

/** How the jobs of CI log in to Vault. */
export interface CiIdentityProps {
  /** What jobs may do: to plan, to apply, to issue the desktops' first secrets, and to put first values in place and rotate. */
  readonly policies: Readonly<Record<CiRole, PolicyDefinition>>;
  /** Path of the JWT method. */
  readonly path: string;
  /** Decides which claims name repository and branch. */
  readonly platform: CiPlatform;
  /** Issuer of the identity tokens; Vault reads its keys by OpenID Connect discovery. */
  readonly issuer: string;
  /** Audience that a token must name. */
  readonly audience: string;
  /** The only repository whose jobs may log in. */
  readonly repository: string;
  /** The protected branch whose jobs may apply. */
  readonly branch: string;
}

/**
 * CI's login: role `plan` for every job of the repository, the others for jobs of its protected branch only: on GitHub, those that
 * a push started.
 */
export class CiIdentity extends Construct {
  /** Reference to the path of the method: what holds it is made after the method. */
  public readonly path: string;

  public constructor(scope: Construct, id: string, props: CiIdentityProps) {
    super(scope, id);
    const backend = new JwtAuthBackend(this, "method", {
      path: props.path,
      type: "jwt",
      description: `Identity tokens of ${props.platform} jobs`,
      oidcDiscoveryUrl: props.issuer,
      boundIssuer: props.issuer,
    });
    this.path = backend.path;
    this.role("plan", backend, props, repositoryClaims(props));
    this.role("apply", backend, props, branchClaims(props));
    this.role("first-secrets", backend, props, branchClaims(props));
    this.role("secrets", backend, props, branchClaims(props));
  }

  private role(
    role: CiRole,
    backend: JwtAuthBackend,
    { policies, audience }: CiIdentityProps,
    claims: Record<string, string>,
  ): void {
    const policy = declaredPolicy(this, `${role}-policy`, policies[role]);
    new JwtAuthBackendRole(this, `${role}-role`, {
      backend: backend.path,
      roleName: role,
      roleType: "jwt",
      userClaim: "sub",
      boundAudiences: [audience],
      boundClaims: claims,
      tokenPolicies: [policy.name],
      tokenNoDefaultPolicy: true,
      tokenTtl: LOGIN_MINUTES * SECONDS_PER_MINUTE,
      tokenMaxTtl: LOGIN_MINUTES * SECONDS_PER_MINUTE,
    });
  }
}

/** The claims of docs.gitlab.com "OpenID Connect tokens in CI/CD" and docs.github.com "OpenID Connect reference". */
function repositoryClaims({ platform, repository }: CiIdentityProps): Record<string, string> {
  return platform === "gitlab" ? { project_path: repository } : { repository };
}

/** A pull request's job must not apply: GitHub gives `pull_request_target` the base branch's ref, GitLab protects the ref. */
function branchClaims(props: CiIdentityProps): Record<string, string> {
  const branch: Record<string, string> =
    props.platform === "gitlab"
      ? { ref: props.branch, ref_type: "branch", ref_protected: "true" }
      : { ref: `refs/heads/${props.branch}`, event_name: "push", ref_protected: "true" };
  return { ...repositoryClaims(props), ...branch };
}
