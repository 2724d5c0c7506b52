import { stringify } from "yaml";
import { ciEnvironments } from "../../access/ci-environments";
import type { City } from "../../environments/model/city";

/** When a pipeline runs: for a merge request, on the protected branch, every night. */
export const PURPOSES = ["preview", "deploy", "drift"] as const;

/** @see PURPOSES */
export type Purpose = (typeof PURPOSES)[number];

/** The file of the hidden jobs that these jobs extend. */
const TEMPLATES = ".gitlab/ci/jobs.yml";
const APPLY = "apply";
/** The packages, installed before any job had a login. */
const PACKAGES = { pipeline: "$INSTALL_PIPELINE", job: "cities" };

type Jobs = Readonly<Record<string, object>>;

/** A child pipeline as YAML with the jobs of each city; without a city, one job that says so. */
export function cityPipeline(purpose: Purpose, cities: readonly City[]): string {
  const jobs = Object.assign({}, ...cities.map((city) => JOBS[purpose](city))) as Jobs;
  return pipeline(["plan", "then"], cities.length === 0 ? { "no-city": { extends: ".nothing", stage: "plan" } } : jobs);
}

/**
 * The child pipeline that applies the approved stacks, in one job. Anybody who may deploy to its environment may start
 * it.
 * @param stacks the stacks with approved changes; without any, no approval is asked for
 */
export function applyPipeline(city: City, stacks: readonly string[]): string {
  if (stacks.length === 0) return pipeline([APPLY], { "no-changes": { extends: ".nothing", stage: APPLY } });
  const { id } = city.city;
  const apply = {
    ...{ extends: ".apply", variables: { CITY: id }, ...idToken(city), resource_group: id },
    environment: { name: ciEnvironments(id).deployment },
    needs: [PACKAGES, { pipeline: "$PLAN_PIPELINE", job: `plan:${id}` }],
  };
  return pipeline([APPLY], { [`apply:${id}`]: apply });
}

const JOBS: Readonly<Record<Purpose, (city: City) => Jobs>> = {
  preview: (city) => ({
    ...planning("preview", city),
    [`comment:${city.city.id}`]: {
      extends: ".comment",
      // This environment holds the token that may comment.
      environment: { name: ciEnvironments(city.city.id).comment, action: "access" },
      needs: [PACKAGES, { job: `preview:${city.city.id}` }],
    },
  }),
  deploy: (city) => ({
    ...planning("plan", city),
    [`deploy:${city.city.id}`]: {
      stage: "then",
      needs: [`plan:${city.city.id}`],
      // The job takes the approval from this pipeline.
      variables: { INSTALL_PIPELINE: "$INSTALL_PIPELINE", PLAN_PIPELINE: "$CI_PIPELINE_ID" },
      trigger: { include: [{ artifact: "apply.yml", job: `plan:${city.city.id}` }], strategy: "depend" },
    },
  }),
  drift: (city) => planning("drift", city),
};

/** A job with read-only logins, which are variables of its environment. */
function planning(template: "preview" | "plan" | "drift", city: City): Jobs {
  const { id } = city.city;
  const environment = { name: ciEnvironments(id).plan, action: "access" };
  const common = { extends: `.${template}`, variables: { CITY: id }, environment, needs: [PACKAGES] };
  return { [`${template}:${id}`]: { ...common, ...idToken(city) } };
}

/** None for a city without a login of jobs, which no repository deploys. */
function idToken({ secrets }: City): object {
  if (secrets.ci === undefined) return {};
  return { id_tokens: { VAULT_ID_TOKEN: { aud: secrets.ci.audience } } };
}

/** A child pipeline has its own source, and does not inherit the parent's rules. */
function pipeline(stages: readonly string[], jobs: Jobs): string {
  const workflow = { rules: [{ when: "always" }] };
  return stringify({ include: [{ local: TEMPLATES }], workflow, stages, ...jobs }, { aliasDuplicateObjects: false });
}
