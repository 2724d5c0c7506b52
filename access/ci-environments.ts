/** The roles of CI's jobs in Vault; all but `plan` may change something, and are for jobs that somebody approved. */
export const CI_ROLES = ["plan", "apply", "first-secrets", "secrets"] as const;

/** @see CI_ROLES */
export type CiRole = (typeof CI_ROLES)[number];

/** The environments of a CI platform in which a city's jobs run: each has its own variables, protection and Vault roles. */
export interface CiEnvironments {
  /** Of jobs that nobody approved: the logins in it may only read. */
  readonly plan: string;
  /** The one with the reviewers; only a job in it may change something. */
  readonly deployment: string;
  /** Of the job that writes a preview's comment on GitLab. */
  readonly comment: string;
}

/**
 * Names of a city's environments. GitHub and GitLab put the name of a job's environment into its identity token, and Vault asks for it.
 * No two cities share one: the rule unique-city lets no id begin with another's id and a hyphen.
 */
export function ciEnvironments(city: string): CiEnvironments {
  return { plan: `${city}-plan`, deployment: city, comment: `${city}-comment` };
}
