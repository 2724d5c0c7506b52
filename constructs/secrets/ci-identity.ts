import { JwtAuthBackend } from "@cdktf/provider-vault/lib/jwt-auth-backend";
import { JwtAuthBackendRole } from "@cdktf/provider-vault/lib/jwt-auth-backend-role";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import { applyRules, planRules } from "./ci-rules";
import { SECONDS_PER_MINUTE } from "./duration";
import { policyDocument } from "../../access/policy-document";

const LOGIN_MINUTES = 60;

/** CI systems whose identity tokens are understood. */
export type CiPlatform = "gitlab" | "github";

/** How the jobs of CI log in to Vault. */
export interface CiIdentityProps {
  /** City id; begins the policies' names and every path that they name. */
  readonly city: string;
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

/** CI's login: role `plan` for every job of the repository, role `apply` for jobs of its protected branch only: on GitHub, those that a push started. */
export class CiIdentity extends Construct {
  public constructor(scope: Construct, id: string, props: CiIdentityProps) {
    super(scope, id);
    const backend = new JwtAuthBackend(this, "method", {
      path: props.path,
      type: "jwt",
      description: `Identity tokens of ${props.platform} jobs`,
      oidcDiscoveryUrl: props.issuer,
      boundIssuer: props.issuer,
    });
    const plan = this.policy("plan", `${props.city}-ci-plan`, policyDocument(planRules(props.city)));
    const apply = this.policy("apply", `${props.city}-ci-apply`, policyDocument(applyRules(props.city)));
    this.role("plan", backend, plan, repositoryClaims(props), props.audience);
    this.role("apply", backend, apply, branchClaims(props), props.audience);
  }

  private policy(id: string, name: string, policy: string): Policy {
    return new Policy(this, `${id}-policy`, { name, policy });
  }

  private role(
    id: string,
    backend: JwtAuthBackend,
    policy: Policy,
    claims: Record<string, string>,
    audience: string,
  ): void {
    new JwtAuthBackendRole(this, `${id}-role`, {
      backend: backend.path,
      roleName: id,
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
      : { ref: `refs/heads/${props.branch}`, event_name: "push" };
  return { ...repositoryClaims(props), ...branch };
}
