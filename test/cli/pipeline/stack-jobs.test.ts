import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { githubOutputs } from "../../../cli/pipeline/layers-command";
import { applyPipeline, cityPipeline } from "../../../cli/pipeline/gitlab-pipeline";
import { GITHUB_LAYERS, MOST_MATRIX_JOBS, MOST_NEEDS, MOST_PIPELINE_JOBS } from "../../../cli/pipeline/jobs/limits";
import { stackJobs } from "../../../cli/pipeline/jobs/gitlab-stacks";
import { looks } from "../../../cli/pipeline/jobs/looks";
import { layersOf } from "../../../cli/pipeline/jobs/stack-jobs";
import type { City } from "../../../environments/model/city";
import type { Engine } from "../../../environments/model/platform";
import type { ApplyStep } from "../../../preview/apply-order";
import { sampleCity } from "../../fixtures/sample-city";

/** Stacks that stand on some of the first ones, as desktops do, or on the one before, as gateways do. */
const graphs = fc
  .array(fc.oneof(fc.constant("before" as const), fc.uniqueArray(fc.nat(4), { maxLength: 3 })), { maxLength: 60 })
  .chain((links) => fc.nat(1500).map((flat) => ({ links, flat })));

function stepsOf({
  links,
  flat,
}: {
  readonly links: readonly ("before" | readonly number[])[];
  readonly flat: number;
}): ApplyStep[] {
  const steps: ApplyStep[] = [];
  const add = (on: readonly number[]): void => {
    const before = on.flatMap((index) => steps[index] ?? []);
    const after = [...new Set(before.flatMap((step) => [...step.after, step.stack]))].sort();
    steps.push({ stack: `sample-s${String(steps.length)}`, after });
  };
  for (const link of links) add(link === "before" ? [steps.length - 1] : link);
  for (let index = 0; index < flat; index += 1) add([0, 1]);
  return steps;
}

function cityOn(engine: Engine | undefined): City {
  const city = sampleCity();
  return { ...city, platform: { ...city.platform, ...(engine !== undefined && { engine }) } };
}

interface Job {
  readonly extends?: string;
  readonly needs?: readonly (string | object)[];
  readonly variables?: { readonly STACKS?: string };
  readonly environment?: { readonly name: string };
  readonly resource_group?: string;
}

function jobsIn(text: string): Map<string, Job> {
  const entries = Object.entries(parse(text) as Record<string, Job>);
  return new Map(entries.filter(([name]) => !["include", "workflow", "stages"].includes(name)));
}

/** Every stack is in one place, and all that it comes after are in an earlier one, or before it in its own. */
function expectOrder(
  steps: readonly ApplyStep[],
  places: readonly (readonly string[])[],
  isBefore: (a: number, b: number) => boolean,
): void {
  const at = new Map(
    places.flatMap((stacks, place) => stacks.map((stack, index) => [stack, { place, index }] as const)),
  );
  expect(places.flat().sort()).toEqual(steps.map(({ stack }) => stack).sort());
  for (const { stack, after } of steps) {
    const own = at.get(stack);
    for (const name of after) {
      const before = at.get(name);
      if (own === undefined || before === undefined) throw new Error("a stack is in no job");
      const isInOrder = before.place === own.place ? before.index < own.index : isBefore(before.place, own.place);
      if (!isInOrder) throw new Error(`${stack} does not come after ${name}`);
    }
  }
}

describe("layers of jobs", () => {
  test("keep every stack after those that it stands on, whatever the graph and the number of layers", () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 4 }), (graph, most) => {
        const steps = stepsOf({ ...graph, flat: graph.flat % 20 });
        const layers = layersOf(steps, most);
        expect(layers.length).toBeLessThanOrEqual(most);
        const layerOf = layers.flatMap((jobs, layer) => jobs.map(() => layer));
        expectOrder(steps, layers.flat(), (a, b) => (layerOf[a] ?? 0) < (layerOf[b] ?? 0));
      }),
    );
  });

  test("have the gateways of a city in one job, as one comes after another, and each shard in its own", () => {
    const on = ["m-foundation", "m-network"];
    const steps = [
      { stack: "m-foundation", after: [] },
      { stack: "m-secrets", after: [] },
      { stack: "m-network", after: ["m-foundation"] },
      { stack: "m-gateway-a", after: on },
      { stack: "m-gateway-b", after: [...on, "m-gateway-a"] },
      { stack: "m-desktops-a-01", after: on },
    ];
    expect(layersOf(steps, 3)).toEqual([
      [["m-foundation"], ["m-secrets"]],
      [["m-network"]],
      [["m-gateway-a", "m-gateway-b"], ["m-desktops-a-01"]],
    ]);
  });
});

describe("GitHub's matrices", () => {
  test("are never of more jobs than GitHub makes, and lose no stack", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const steps = stepsOf(graph);
        const outputs = githubOutputs(cityOn("github"), steps);
        const matrices = GITHUB_LAYERS.map((name) => JSON.parse(outputs[name] ?? "") as string[]);
        for (const matrix of matrices) expect(matrix.length).toBeLessThanOrEqual(MOST_MATRIX_JOBS);
        const layerOf = matrices.flatMap((jobs, layer) => jobs.map(() => layer));
        const places = matrices.flat().map((stacks) => stacks.split(" "));
        expectOrder(steps, places, (a, b) => (layerOf[a] ?? 0) < (layerOf[b] ?? 0));
      }),
      { numRuns: 10 },
    );
  });

  test("are one job of all stacks for a city that names no engine, and none where nothing changes", () => {
    const outputs = githubOutputs(cityOn(undefined), stepsOf({ links: [[], "before"], flat: 3 }));
    expect(outputs).toMatchObject({ first: '[""]', second: "[]", third: "[]", "at-a-time": "1", clones: "8" });
    expect(githubOutputs(cityOn("github"), [])).toMatchObject({ first: "[]", second: "[]", third: "[]" });
  });

  test("run side by side as many as clone within the city's budget", () => {
    expect(githubOutputs(cityOn("github"), [])).toMatchObject({ "at-a-time": "2", clones: "4" });
  });
});

describe("GitLab's jobs", () => {
  test("never need more others than GitLab takes, nor are more than a pipeline has, and keep the order", () => {
    const city = cityOn("gitlab");
    fc.assert(
      fc.property(graphs, (graph) => {
        const steps = stepsOf({ ...graph, links: [[], [], ...graph.links] });
        const takes = [{ job: "cities" }, { job: "plan:sample" }];
        const jobs = new Map<string, Job>(Object.entries(stackJobs(steps, { city, takes, idToken: {} })));
        expect(jobs.size).toBeLessThanOrEqual(MOST_PIPELINE_JOBS);
        for (const { needs = [] } of jobs.values()) expect(needs.length).toBeLessThanOrEqual(MOST_NEEDS);
        const waitsFor = reachable(jobs);
        const applying = [...jobs].filter(([, job]) => job.extends === ".apply-stacks");
        const names = applying.map(([name]) => name);
        const places = applying.map(([, { variables }]) => (variables?.STACKS ?? "").split(" "));
        expectOrder(steps, places, (a, b) => waitsFor(names[b] ?? "").has(names[a] ?? ""));
        expect(names.filter((name) => !waitsFor("first-secrets:sample").has(name))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test("are in the environment with the reviewers, and clone within the budget together", () => {
    const jobs = jobsIn(applyPipeline(cityOn("gitlab"), stepsOf({ links: [[], [0]], flat: 3 })));
    expect([...jobs.keys()]).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `apply:sample-s${String(index)}`),
      "first-secrets:sample",
    ]);
    for (const { environment } of jobs.values()) expect(environment).toEqual({ name: "sample" });
    expect(jobs.get("apply:sample-s4")).toMatchObject({
      extends: ".apply-stacks",
      variables: { CITY: "sample", STACKS: "sample-s4", CLONES: "4" },
      needs: [{ job: "cities" }, { job: "plan:sample" }, "apply:sample-s1"],
    });
    const groups = [...jobs.values()].flatMap(({ resource_group: group }) => group ?? []);
    expect(new Set(groups)).toEqual(new Set(["sample-1", "sample-2"]));
  });

  test("start once somebody starts the pipeline who may deploy, which one job for the whole city does by itself", () => {
    const deploy = (engine?: Engine) => jobsIn(cityPipeline("deploy", [cityOn(engine)])).get("deploy:sample");
    expect(deploy("gitlab")).toMatchObject({ when: "manual", allow_failure: false });
    expect(deploy()).not.toHaveProperty("when");
  });

  test("of a night's look have ten stacks each, with the read-only logins", () => {
    const stacks = new Map([["sample", Array.from({ length: 23 }, (_, index) => `sample-${String(index)}`)]]);
    const jobs = jobsIn(cityPipeline("drift", [cityOn("gitlab")], stacks));
    const parts = ["drift:sample 1", "drift:sample 2", "drift:sample 3"];
    expect([...jobs.keys()]).toEqual([...parts, "drift-record:sample"]);
    for (const name of parts) expect(jobs.get(name)?.environment).toMatchObject({ name: "sample-plan" });
  });

  test("of a night's look keep what they found together, once all of them ended, without a login", () => {
    const stacks = new Map([["sample", Array.from({ length: 600 }, (_, index) => `sample-${String(index)}`)]]);
    const { "drift-record:sample": record, ...looking } = parse(cityPipeline("drift", [cityOn("gitlab")], stacks)) as {
      readonly "drift-record:sample": object;
    };
    const names = Object.keys(looking).filter((name) => name.startsWith("drift:"));
    expect(names.length).toBeGreaterThan(MOST_NEEDS);
    expect(record).toEqual({ extends: ".drift-record", variables: { CITY: "sample" }, dependencies: names });
    for (const name of names) expect(looking).toHaveProperty([name, "extends"], ".drift-stacks");
  });

  test("of a night's look that is one job need none that puts them together", () => {
    const jobs = jobsIn(cityPipeline("drift", [cityOn(undefined)]));
    expect([...jobs.keys()]).toEqual(["drift:sample"]);
  });
});

describe("the looks of a night", () => {
  test("are never more than one run takes, and look at each stack once", () => {
    const cities = fc.array(fc.nat(700), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(cities, fc.constantFrom(MOST_MATRIX_JOBS, MOST_PIPELINE_JOBS), (sizes, most) => {
        const all = new Map(
          sizes.map((size, city) => [
            `c${String(city)}`,
            Array.from({ length: size }, (_, n) => `c${String(city)}-${String(n)}`),
          ]),
        );
        const jobs = looks(all, most);
        expect(jobs.length).toBeLessThanOrEqual(most);
        expect(new Set(jobs.map(({ city }) => city)).size).toBe(sizes.length);
        expect(jobs.flatMap(({ stacks }) => stacks).sort()).toEqual([...all.values()].flat().sort());
      }),
      { numRuns: 10 },
    );
  });

  test("are refused where there are more cities than jobs", () => {
    const all = new Map(Array.from({ length: 257 }, (_, city) => [`c${String(city)}`, []]));
    expect(() => looks(all, MOST_MATRIX_JOBS)).toThrow("257 cities are more than the 256 jobs of one run: divide them");
  });
});

/** The jobs that a job waits for, also by way of others. */
function reachable(jobs: ReadonlyMap<string, Job>): (name: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  const of = (name: string): ReadonlySet<string> => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const names = (jobs.get(name)?.needs ?? []).filter((need) => typeof need === "string");
    const all = new Set(names.flatMap((need) => [need, ...of(need)]));
    known.set(name, all);
    return all;
  };
  return of;
}
