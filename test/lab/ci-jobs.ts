import { ciEnvironments } from "../../access/ci-environments";
import type { Ci } from "../../environments/model/ci";
import type { City } from "../../environments/model/city";
import type { CiClaims } from "../../lab/ci-identity";
import { ciOf } from "../fixtures/optional-parts";

/**
 * What each job of the workflows has in its identity token, as the platform gives it: docs.github.com "OpenID Connect reference" and
 * GitLab's lib/gitlab/ci/jwt.rb. Only `sub`, which OpenBao chooses itself, and the times are its own.
 */
export interface CiJobs {
  /** The job that somebody approved. */
  readonly approved: CiClaims;
  /** The plan of the protected branch, before anybody approved. */
  readonly plan: CiClaims;
  /** The preview of a request from a branch of the repository. */
  readonly preview: CiClaims;
  /** The nightly look for drift. */
  readonly drift: CiClaims;
  /** A job of the protected branch without an environment. */
  readonly bare: CiClaims;
  /** Jobs that none of the workflows has, by what is odd about them. */
  readonly others: Readonly<Record<string, CiClaims>>;
}

/** @see CiJobs */
export function ciJobs({ city, secrets }: City): CiJobs {
  const ci = ciOf({ secrets });
  return ci.platform === "github" ? githubJobs(city.id, ci) : gitlabJobs(city.id, ci);
}

type Github = Extract<Ci, { platform: "github" }>;
type Gitlab = Extract<Ci, { platform: "gitlab" }>;

function githubJobs(city: string, { repository, repositoryId, ownerId, branch }: Github): CiJobs {
  const { plan, deployment, comment } = ciEnvironments(city);
  const [owner = ""] = repository.split("/");
  const push = {
    ...{ repository, repository_id: String(repositoryId), repository_visibility: "private" },
    ...{ repository_owner: owner, repository_owner_id: String(ownerId), actor: "m.rossi", actor_id: "31415" },
    ...{ ref: `refs/heads/${branch}`, ref_type: "branch", ref_protected: "true", event_name: "push" },
    ...{ workflow: "Deploy", workflow_ref: `${repository}/.github/workflows/deploy.yml@refs/heads/${branch}` },
    ...{ head_ref: "", base_ref: "", run_id: "4711", run_attempt: "1", runner_environment: "self-hosted" },
  };
  const approved = { ...push, environment: deployment };
  const request = {
    ...{ ref: "refs/pull/12/merge", ref_protected: "false", event_name: "pull_request" },
    ...{ head_ref: "feature", base_ref: branch, workflow: "Preview" },
  };
  return {
    approved,
    plan: { ...push, environment: plan },
    preview: { ...push, ...request, environment: plan },
    drift: { ...push, event_name: "schedule", workflow: "Drift", environment: plan },
    bare: push,
    others: {
      "an environment that nobody protects": { ...approved, environment: "anything" },
      "the former environment of applies": { ...approved, environment: `${city}-apply` },
      "the comment's environment": { ...approved, environment: comment },
      "another city's environment": { ...approved, environment: city === "milan" ? "catania" : "milan" },
      "a repository made anew with its name": { ...approved, repository_id: "999" },
      "an owner made anew with its name": { ...approved, repository_owner_id: "999" },
      "another repository of the owner": { ...approved, repository: `${owner}/other`, repository_id: "999" },
      "a fork": { ...approved, repository: "fork/postazioni", repository_id: "998", repository_owner_id: "997" },
      "a tag": { ...approved, ref: "refs/tags/v1", ref_type: "tag" },
      "a request": { ...approved, ...request },
      "a request that runs the branch's workflow": { ...approved, event_name: "pull_request_target" },
      "a run by hand": { ...approved, event_name: "workflow_dispatch" },
      "another branch": { ...approved, ref: "refs/heads/feature", ref_protected: "false" },
      "another branch of that ending": { ...approved, ref: `refs/heads/feature/${branch}` },
      "the branch without its protection": { ...approved, ref_protected: "false" },
    },
  };
}

function gitlabJobs(city: string, { repository, projectId, branch }: Gitlab): CiJobs {
  const { plan, deployment, comment } = ciEnvironments(city);
  const [group = ""] = repository.split("/");
  const push = {
    ...{ project_id: String(projectId), project_path: repository, namespace_id: "72", namespace_path: group },
    ...{ user_id: "31415", user_login: "m.rossi", user_email: "m.rossi@example.org", user_access_level: "maintainer" },
    ...{ pipeline_id: "4711", pipeline_source: "parent_pipeline", job_id: "815", runner_environment: "self-hosted" },
    ...{ ref: branch, ref_type: "branch", ref_path: `refs/heads/${branch}`, ref_protected: "true" },
  };
  const unprotected = { environment_protected: "false", environment_action: "access", deployment_tier: "other" };
  const planning = { environment: plan, ...unprotected };
  const approved = {
    ...{ ...push, environment: deployment, environment_protected: "true" },
    ...{ environment_action: "start", deployment_tier: "production" },
  };
  const request = { ref: "feature", ref_path: "refs/merge-requests/12/head", ref_protected: "false" };
  return {
    approved,
    plan: { ...push, ...planning },
    preview: { ...push, ...request, ...planning },
    drift: { ...push, ...planning },
    bare: push,
    others: {
      "an environment that nobody protects": { ...approved, ...unprotected, environment: "anything" },
      "the environment without its protection": { ...approved, environment_protected: "false" },
      "a job that looks at the environment, for which nobody approves": { ...approved, environment_action: "access" },
      "a job that prepares the environment": { ...approved, environment_action: "prepare" },
      "a job that verifies the environment": { ...approved, environment_action: "verify" },
      "the comment's environment": { ...approved, ...unprotected, environment: comment },
      "another city's environment": { ...approved, environment: city === "milan" ? "catania" : "milan" },
      "a project made anew with its path": { ...approved, project_id: "999" },
      "another project of the group": { ...approved, project_path: `${group}/other`, project_id: "999" },
      "a fork": { ...approved, project_path: "fork/postazioni", project_id: "998" },
      "a tag": { ...approved, ref: "v1", ref_type: "tag", ref_path: "refs/tags/v1" },
      "a tag with the branch's name": { ...approved, ref_type: "tag", ref_path: `refs/tags/${branch}` },
      "a request": { ...approved, ...request },
      "another branch": { ...approved, ref: "feature", ref_path: "refs/heads/feature", ref_protected: "false" },
      "the branch without its protection": { ...approved, ref_protected: "false" },
    },
  };
}
