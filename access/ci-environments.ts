/** The roles of CI jobs in Vault. All but `plan` may change something, and need an approved job. */
export const CI_ROLES = ["plan", "apply", "first-secrets", "secrets"] as const;

/** @see CI_ROLES */
export type CiRole = (typeof CI_ROLES)[number];

/**
 * The environments of a CI platform in which a city's jobs run: each has its own variables, protection and Vault roles.
 */
export interface CiEnvironments {
  /** For jobs without an approval: their logins are read-only. */
  readonly plan: string;
  /** The one with reviewers; only a job in it may change something. */
  readonly deployment: string;
  /** For the job that posts a preview's comment on GitLab. */
  readonly comment: string;
}

/**
 * Names of a city's CI environments. GitHub and GitLab put the environment's name into a job's identity token, and
 * Vault checks it. No two cities share one: by the rule unique-city no id begins with another id and a hyphen.
 */
export function ciEnvironments(city: string): CiEnvironments {
  return { plan: `${city}-plan`, deployment: city, comment: `${city}-comment` };
}
