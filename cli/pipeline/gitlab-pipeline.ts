import { stringify } from "yaml";
import type { City } from "../../environments/model/city";
import type { ApplyStep } from "../../preview/apply-order";

/** What a pipeline is for: a merge request, the protected branch, the night. */
export const PURPOSES = ["preview", "deploy", "drift"] as const;

/** @see PURPOSES */
export type Purpose = (typeof PURPOSES)[number];

/** The jobs that these extend. */
const TEMPLATES = ".gitlab/ci/jobs.yml";
const APPROVE = "approve";
const FIRST_SECRETS = "first-secrets";

type Jobs = Readonly<Record<string, object>>;

/** A child pipeline with a city's jobs for each city, as YAML; where there is none, with one job that says so. */
export function cityPipeline(purpose: Purpose, cities: readonly City[]): string {
  const jobs = Object.assign({}, ...cities.map((city) => JOBS[purpose](city))) as Jobs;
  return pipeline(["plan", "then"], cities.length === 0 ? { "no-city": { extends: ".nothing", stage: "plan" } } : jobs);
}

/**
 * The child pipeline that applies what was approved: one job a stack, each after those that it stands on.
 * @param steps of an approval; where there is none, nobody is asked
 */
export function applyPipeline(city: City, steps: readonly ApplyStep[]): string {
  const stages = [APPROVE, "apply", FIRST_SECRETS];
  if (steps.length === 0) return pipeline(stages, { "no-changes": { extends: ".nothing", stage: APPROVE } });
  const { id } = city.city;
  const login = { environment: { name: id }, ...idToken(city) };
  const approve = { extends: ".approve", variables: { CITY: id }, environment: { name: id, action: "verify" } };
  const applies = steps.map(({ stack, after }) => [
    `apply:${stack}`,
    {
      ...{ extends: ".apply", variables: { CITY: id, STACK: stack }, ...login, resource_group: stack },
      needs: [
        { job: APPROVE, artifacts: false },
        { pipeline: "$PLAN_PIPELINE", job: `plan:${id}` },
        ...after.map((name) => ({ job: `apply:${name}`, artifacts: false })),
      ],
    },
  ]) as [string, object][];
  const first = {
    extends: ".first-secrets",
    variables: { CITY: id },
    ...login,
    resource_group: `${id}-${FIRST_SECRETS}`,
  };
  return pipeline(stages, { [APPROVE]: approve, ...Object.fromEntries(applies), [FIRST_SECRETS]: first });
}

const JOBS: Readonly<Record<Purpose, (city: City) => Jobs>> = {
  preview: (city) => ({
    ...planning("preview", city),
    [`comment:${city.city.id}`]: {
      ...{ extends: ".comment", variables: { CITY: city.city.id } },
      needs: [{ job: `preview:${city.city.id}` }],
    },
  }),
  deploy: (city) => ({
    ...planning("plan", city),
    [`deploy:${city.city.id}`]: {
      stage: "then",
      needs: [`plan:${city.city.id}`],
      // Its jobs take the approval from this pipeline.
      variables: { PLAN_PIPELINE: "$CI_PIPELINE_ID" },
      trigger: { include: [{ artifact: "apply.yml", job: `plan:${city.city.id}` }], strategy: "depend" },
    },
  }),
  drift: (city) => planning("drift", city),
};

/** A job with the login that may only read; its environment has the variables of that login to vCenter. */
function planning(template: "preview" | "plan" | "drift", city: City): Jobs {
  const { id } = city.city;
  const environment = { name: `${id}-plan`, action: "access" };
  return {
    [`${template}:${id}`]: { extends: `.${template}`, variables: { CITY: id }, environment, ...idToken(city) },
  };
}

function idToken({ secrets }: City): object {
  return { id_tokens: { VAULT_ID_TOKEN: { aud: secrets.ci.audience } } };
}

/** A child pipeline has a source of its own, and no rules of its parent's. */
function pipeline(stages: readonly string[], jobs: Jobs): string {
  const workflow = { rules: [{ when: "always" }] };
  return stringify({ include: [{ local: TEMPLATES }], workflow, stages, ...jobs }, { aliasDuplicateObjects: false });
}
