import { ciEnvironments } from "../../access/ci-environments";
import type { CiRole } from "../../access/ci-environments";

/** A repository of GitHub, or a project of GitLab, and its protected branch. */
export type CiRepository = GithubRepository | GitlabProject;

interface GithubRepository {
  readonly platform: "github";
  /** Its path, such as `owner/repository`. */
  readonly repository: string;
  /** Its numeric id: a new repository of the same name has another. */
  readonly repositoryId: number;
  /** The owner's numeric id. */
  readonly ownerId: number;
  /** The protected branch. */
  readonly branch: string;
}

interface GitlabProject {
  readonly platform: "gitlab";
  /** Its path, such as `group/project`. */
  readonly repository: string;
  /** Its numeric id: a new project at the same path has another. */
  readonly projectId: number;
  /** The protected branch. */
  readonly branch: string;
}

/**
 * The claims that a job's identity token must have for a role of a city. Names can be taken over, so the platform's
 * numeric ids are checked too. Roles that may change something also require the environment with the reviewers, since a
 * job of the protected branch runs before an approval. The claims are those of docs.github.com "OpenID Connect
 * reference" and docs.gitlab.com "OpenID Connect authentication using ID tokens".
 */
export function boundClaims(role: CiRole, city: string, repository: CiRepository): Record<string, string> {
  const { plan, deployment } = ciEnvironments(city);
  const where = repositoryClaims(repository);
  return role === "plan"
    ? { ...where, environment: plan }
    : { ...where, environment: deployment, ...approvedClaims(repository) };
}

function repositoryClaims(of: CiRepository): Record<string, string> {
  return of.platform === "gitlab"
    ? { project_path: of.repository, project_id: String(of.projectId) }
    : {
        repository: of.repository,
        repository_id: String(of.repositoryId),
        repository_owner_id: String(of.ownerId),
      };
}

/**
 * A pull request's job must not apply: GitHub gives `pull_request_target` the base branch's ref, GitLab protects the
 * ref. GitLab asks for approvals only for deployments to an environment, whose action is `start`, and its environments
 * are open unless they are protected.
 */
function approvedClaims({ platform, branch }: CiRepository): Record<string, string> {
  return platform === "gitlab"
    ? {
        ...{ environment_protected: "true", environment_action: "start" },
        ...{ ref: branch, ref_type: "branch", ref_protected: "true" },
      }
    : { ref: `refs/heads/${branch}`, event_name: "push", ref_protected: "true" };
}
