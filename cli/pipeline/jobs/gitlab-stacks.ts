import { ciEnvironments } from "../../../access/ci-environments";
import type { City } from "../../../environments/model/city";
import type { ApplyStep } from "../../../preview/apply-order";
import { sideBySide } from "../../../terraform/clone-budget";
import { MOST_NEEDS, MOST_PIPELINE_JOBS } from "./limits";
import { layersOf, nextBefore, packed } from "./stack-jobs";
import type { StackJob } from "./stack-jobs";

/** The part of a pipeline's jobs that apply; others wait, and one issues first secrets. */
const FOR_STACKS = 0.9;

type Jobs = Readonly<Record<string, object>>;
type Need = string | object;

/** What every job of a city has. */
interface Common {
  readonly city: City;
  /** What a job takes from other pipelines: packages, and the approval. */
  readonly takes: readonly object[];
  /** The job's identity. */
  readonly idToken: object;
}

/**
 * The jobs that apply stacks, each once those that it comes after were applied, and one that issues first secrets after
 * all of them. No more run at a time than clone within the city's budget.
 * @param steps each stack after its dependencies, as applyOrder gives them; at least one
 */
export function stackJobs(steps: readonly ApplyStep[], common: Common): Jobs {
  const own = common.takes.length;
  const layers = layersOf(steps);
  const share = Math.max(1, Math.floor((MOST_PIPELINE_JOBS * FOR_STACKS) / layers.length));
  const jobs = layers.flatMap((layer) => packed(layer, share));
  const nameOf = new Map(jobs.flatMap((job) => job.map((stack) => [stack, nameOfJob(job)] as const)));
  const byStack = new Map(steps.map((step) => [step.stack, step]));
  const barriers: Record<string, object> = {};
  const applying = jobs.map((job, index): [string, object] => {
    const before = job.flatMap((stack) => nextBefore(byStack.get(stack) ?? { stack, after: [] }, byStack));
    const names = new Set(before.flatMap((stack) => nameOf.get(stack) ?? []));
    names.delete(nameOfJob(job));
    const needs = gathered([...names], MOST_NEEDS - own, nameOfJob(job), barriers);
    return [nameOfJob(job), applyJob(job, index, [...common.takes, ...needs], common)];
  });
  const last = `first-secrets:${common.city.city.id}`;
  const needs = gathered([...new Set(nameOf.values())], MOST_NEEDS - own, last, barriers);
  return { ...Object.fromEntries(applying), ...barriers, [last]: secretsJob([...common.takes, ...needs], common) };
}

function nameOfJob([first = "", ...more]: StackJob): string {
  return more.length === 0 ? `apply:${first}` : `apply:${first} and ${String(more.length)} more`;
}

function applyJob(job: StackJob, index: number, needs: readonly Need[], { city, idToken }: Common): object {
  const { id } = city.city;
  const { stacks, operations } = sideBySide(city.platform.vsphere.clonesAtATime);
  return {
    extends: ".apply-stacks",
    variables: { CITY: id, STACKS: job.join(" "), CLONES: String(operations) },
    ...idToken,
    // One job at a time holds each of them, so that together they stay within the budget of clones.
    resource_group: `${id}-${String((index % stacks) + 1)}`,
    environment: { name: ciEnvironments(id).deployment },
    needs,
  };
}

function secretsJob(needs: readonly Need[], { city, idToken }: Common): object {
  const { id } = city.city;
  const environment = { name: ciEnvironments(id).deployment };
  return { extends: ".first-secrets", variables: { CITY: id }, ...idToken, environment, needs };
}

/**
 * The names of jobs to wait for, at most so many: where there are more, jobs that do nothing but wait for a part each.
 * @param barriers gets these jobs
 */
function gathered(names: readonly string[], most: number, of: string, barriers: Record<string, object>): string[] {
  if (names.length <= most) return [...names];
  const parts = packed(
    names.map((name) => [name]),
    Math.ceil(names.length / most),
  );
  const waiting = parts.map((needs, index) => {
    const name = `before ${of} ${String(index + 1)}`;
    barriers[name] = { extends: ".nothing", stage: "apply", needs };
    return name;
  });
  return gathered(waiting, most, `${of}, all`, barriers);
}
