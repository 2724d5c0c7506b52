import { stringify } from "yaml";
import { ciEnvironments } from "../../access/ci-environments";
import type { City } from "../../environments/model/city";
import type { ApplyStep } from "../../preview/apply-order";
import { stackJobs } from "./jobs/gitlab-stacks";
import { MOST_PIPELINE_JOBS } from "./jobs/limits";
import { inParts, looks } from "./jobs/looks";
import type { Look } from "./jobs/looks";

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

/**
 * A child pipeline as YAML with the jobs of each city; without a city, one job that says so.
 * @param stacks names of the stacks of cities that GitLab runs stack by stack, by the city's id; only drift asks for them
 */
export function cityPipeline(
  purpose: Purpose,
  cities: readonly City[],
  stacks: ReadonlyMap<string, readonly string[]> = new Map(),
): string {
  const jobs =
    purpose === "drift" ? driftJobs(cities, stacks) : (Object.assign({}, ...cities.map(JOBS[purpose])) as Jobs);
  return pipeline(["plan", "then"], cities.length === 0 ? { "no-city": { extends: ".nothing", stage: "plan" } } : jobs);
}

/**
 * The child pipeline that applies the approved stacks: in one job, which anybody may start who may deploy to its
 * environment; or, where the file names this engine, in a job for each stack, which run for whoever started the pipeline.
 * @param steps the stacks with approved changes; without any, no approval is asked for
 */
export function applyPipeline(city: City, steps: readonly ApplyStep[]): string {
  if (steps.length === 0) return pipeline([APPLY], { "no-changes": { extends: ".nothing", stage: APPLY } });
  const { id } = city.city;
  const takes = [PACKAGES, { pipeline: "$PLAN_PIPELINE", job: `plan:${id}` }];
  if (isByStack(city)) return pipeline([APPLY], stackJobs(steps, { city, takes, idToken: idToken(city) }));
  const apply = {
    ...{ extends: ".apply", variables: { CITY: id }, ...idToken(city), resource_group: id },
    environment: { name: ciEnvironments(id).deployment },
    needs: takes,
  };
  return pipeline([APPLY], { [`apply:${id}`]: apply });
}

/** Whether GitLab runs the stacks of a city as jobs of their own. */
export function isByStack({ platform }: City): boolean {
  return platform.engine === "gitlab";
}

const JOBS: Readonly<Record<Exclude<Purpose, "drift">, (city: City) => Jobs>> = {
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
      // Its jobs run for whoever starts it: GitLab lets nobody else start one for a protected environment.
      ...(isByStack(city) && { when: "manual", allow_failure: false }),
      needs: [`plan:${city.city.id}`],
      // The job takes the approval from this pipeline.
      variables: { INSTALL_PIPELINE: "$INSTALL_PIPELINE", PLAN_PIPELINE: "$CI_PIPELINE_ID" },
      trigger: { include: [{ artifact: "apply.yml", job: `plan:${city.city.id}` }], strategy: "depend" },
    },
  }),
};

function driftJobs(cities: readonly City[], stacks: ReadonlyMap<string, readonly string[]>): Jobs {
  const all = new Map(cities.map(({ city: { id } }) => [id, stacks.get(id) ?? []]));
  const most = MOST_PIPELINE_JOBS - cities.filter(isByStack).length;
  const jobs = looks(all, most).map((look, index) => ({ ...look, number: String(index + 1) }));
  return Object.assign(
    {},
    ...cities.map((city) =>
      lookJobs(
        city,
        jobs.filter((job) => job.city === city.city.id),
      ),
    ),
  ) as Jobs;
}

/** The jobs of a city's look, and where it is several, one that keeps what they found. */
function lookJobs(city: City, jobs: readonly (Look & { readonly number: string })[]): Jobs {
  const { id } = city.city;
  const looking = jobs.map(({ stacks, number }): [string, object] =>
    stacks.length === 0
      ? [`drift:${id}`, planningJob("drift", city)]
      : [`drift:${id} ${number}`, planningJob("drift-stacks", city, stacks)],
  );
  if (!inParts(jobs)) return Object.fromEntries(looking);
  // Not `needs`, which are at most 50; a job without them comes after the whole stage before it.
  const record = { extends: ".drift-record", variables: { CITY: id }, dependencies: looking.map(([name]) => name) };
  return { ...Object.fromEntries(looking), [`drift-record:${id}`]: record };
}

/** A job with read-only logins, which are variables of its environment. */
function planning(template: "preview" | "plan", city: City): Jobs {
  return { [`${template}:${city.city.id}`]: planningJob(template, city) };
}

/** @param stacks which of the city @default - all */
function planningJob(
  template: "preview" | "plan" | "drift" | "drift-stacks",
  city: City,
  stacks: readonly string[] = [],
): object {
  const { id } = city.city;
  const environment = { name: ciEnvironments(id).plan, action: "access" };
  const variables = { CITY: id, ...(stacks.length > 0 && { STACKS: stacks.join(" ") }) };
  return { extends: `.${template}`, variables, environment, needs: [PACKAGES], ...idToken(city) };
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
