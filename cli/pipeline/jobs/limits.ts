/**
 * GitHub Actions: a matrix makes at most 256 jobs (docs.github.com "Actions limits").
 */
export const MOST_MATRIX_JOBS = 256;

/** Layers of `.github/workflows/deploy-city.yml`: what GitHub runs is written down beforehand. */
export const GITHUB_LAYERS = ["first", "second", "third"] as const;

/** GitLab: a job may need 50 others (docs.gitlab.com "Plan limits API": ci_needs_size_limit). */
export const MOST_NEEDS = 50;

/**
 * Jobs of one pipeline of GitLab: a server of one's own has no limit unless its administrator sets one (ibidem:
 * ci_pipeline_size); 500 is the least that GitLab itself ever set (gitlab-com/gl-infra/infrastructure issue 7037).
 */
export const MOST_PIPELINE_JOBS = 500;

/**
 * Stacks that one job looks at for drift: a job's start, a minute or so with its packages, is then the smaller part.
 */
export const STACKS_A_LOOK = 10;
