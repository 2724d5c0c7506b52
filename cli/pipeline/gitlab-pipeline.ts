import { stringify } from "yaml";
import { ciEnvironments } from "../../access/ci-environments";
import type { City } from "../../environments/model/city";

/** What a pipeline is for: a merge request, the protected branch, the night. */
export const PURPOSES = ["preview", "deploy", "drift"] as const;

/** @see PURPOSES */
export type Purpose = (typeof PURPOSES)[number];

/** The jobs that these extend. */
const TEMPLATES = ".gitlab/ci/jobs.yml";
const APPLY = "apply";
/** The packages, as they were installed before any job had a login. */
const PACKAGES = { pipeline: "$INSTALL_PIPELINE", job: "cities" };

type Jobs = Readonly<Record<string, object>>;

/** A child pipeline with a city's jobs for each city, as YAML; where there is none, with one job that says so. */
export function cityPipeline(purpose: Purpose, cities: readonly City[]): string {
  const jobs = Object.assign({}, ...cities.map((city) => JOBS[purpose](city))) as Jobs;
  return pipeline(["plan", "then"], cities.length === 0 ? { "no-city": { extends: ".nothing", stage: "plan" } } : jobs);
}

/**
 * The child pipeline that applies what was approved, in one job: whoever may deploy to its environment starts it.
 * @param stacks of which something was approved; where there is none, nobody is asked
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
      // Its variable is the token that may comment.
      environment: { name: ciEnvironments(city.city.id).comment, action: "access" },
      needs: [PACKAGES, { job: `preview:${city.city.id}` }],
    },
  }),
  deploy: (city) => ({
    ...planning("plan", city),
    [`deploy:${city.city.id}`]: {
      stage: "then",
      needs: [`plan:${city.city.id}`],
      // Its job takes the approval from this pipeline.
      variables: { INSTALL_PIPELINE: "$INSTALL_PIPELINE", PLAN_PIPELINE: "$CI_PIPELINE_ID" },
      trigger: { include: [{ artifact: "apply.yml", job: `plan:${city.city.id}` }], strategy: "depend" },
    },
  }),
  drift: (city) => planning("drift", city),
};

/** A job with the logins that may only read, which are variables of its environment. */
function planning(template: "preview" | "plan" | "drift", city: City): Jobs {
  const { id } = city.city;
  const environment = { name: ciEnvironments(id).plan, action: "access" };
  const common = { extends: `.${template}`, variables: { CITY: id }, environment, needs: [PACKAGES] };
  return { [`${template}:${id}`]: { ...common, ...idToken(city) } };
}

function idToken({ secrets }: City): object {
  return { id_tokens: { VAULT_ID_TOKEN: { aud: secrets.ci.audience } } };
}

/** A child pipeline has a source of its own, and no rules of its parent's. */
function pipeline(stages: readonly string[], jobs: Jobs): string {
  const workflow = { rules: [{ when: "always" }] };
  return stringify({ include: [{ local: TEMPLATES }], workflow, stages, ...jobs }, { aliasDuplicateObjects: false });
}
