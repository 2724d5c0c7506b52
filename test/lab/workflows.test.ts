import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import type { AnySchema, ValidateFunction } from "ajv";
import { parse } from "yaml";
import { citiesOf } from "../../cli/pipeline/cities";
import { applyPipeline, cityPipeline, PURPOSES } from "../../cli/pipeline/gitlab-pipeline";
import { REPOSITORY } from "../../runtime/paths";
import { installWorkflowCheckers } from "../../lab/tools/workflow-checkers";
import type { WorkflowCheckers } from "../../lab/tools/workflow-checkers";

/** What actionlint and the platforms' own schemas say of the workflows, and of what is made for GitLab. */
const MINUTE = 60_000;
const WORKFLOWS = join(REPOSITORY, ".github", "workflows");
const GITLAB_FILES = [".gitlab-ci.yml", ".gitlab/ci/jobs.yml"];
const STACKS = [
  { stack: "milan-foundation", after: [] },
  { stack: "milan-network", after: ["milan-foundation"] },
];

let checkers: WorkflowCheckers;

beforeAll(async () => {
  checkers = await installWorkflowCheckers({ signal: undefined, say: () => undefined });
}, 10 * MINUTE);

function milan() {
  const cities = citiesOf(join(REPOSITORY, "environments"), {
    platform: "gitlab",
    repository: "sistemi-informativi/postazioni",
  });
  const [city] = cities;
  if (city === undefined) throw new Error("no city is deployed by GitLab");
  return city;
}

/** What a schema says of a text; nothing where it accepts it. */
function complaints(schema: string, text: string): unknown[] {
  const validate = validator(schema);
  validate(parse(text));
  return validate.errors ?? [];
}

function validator(schema: string): ValidateFunction {
  // The schemas use formats and keywords that only editors read.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return ajv.compile(JSON.parse(readFileSync(join(checkers.schemas, `${schema}.json`), "utf8")) as AnySchema);
}

/** By itself: what else is on a machine's PATH must not decide. */
function actionlint(args: readonly string[], input?: string) {
  const { status, stdout } = spawnSync(checkers.actionlint, ["-no-color", "-shellcheck=", "-pyflakes=", ...args], {
    ...{ cwd: REPOSITORY, encoding: "utf8", input },
  });
  return { status, stdout };
}

describe("actionlint", () => {
  test("accepts every workflow", () => {
    const files = readdirSync(WORKFLOWS).map((name) => join(WORKFLOWS, name));
    expect(files.length).toBe(8);
    expect(actionlint(files)).toEqual({ status: 0, stdout: "" });
  });

  test("refuses one that asks for an output that no job has", () => {
    const text = readFileSync(join(WORKFLOWS, "deploy.yml"), "utf8").replace(
      "needs.cities.outputs.cities",
      "needs.cities.outputs.towns",
    );
    expect(actionlint(["-"], text)).toMatchObject({ status: 1, stdout: expect.stringContaining("towns") });
  });
});

describe("GitHub's schema", () => {
  test.each(readdirSync(WORKFLOWS))("accepts %s", (name) => {
    expect(complaints("github-workflows", readFileSync(join(WORKFLOWS, name), "utf8"))).toEqual([]);
  });

  test("accepts the action that sets a job up", () => {
    const text = readFileSync(join(REPOSITORY, ".github", "actions", "set-up", "action.yml"), "utf8");
    expect(complaints("github-actions", text)).toEqual([]);
  });
});

describe("GitLab's schema", () => {
  test.each(GITLAB_FILES)("accepts %s", (name) => {
    expect(complaints("gitlab-ci", readFileSync(join(REPOSITORY, name), "utf8"))).toEqual([]);
  });

  test.each(PURPOSES)("accepts the jobs of a city's %s, and those of a project without a city", (purpose) => {
    expect(complaints("gitlab-ci", cityPipeline(purpose, [milan()]))).toEqual([]);
    expect(complaints("gitlab-ci", cityPipeline(purpose, []))).toEqual([]);
  });

  test("accepts a job for each stack, to apply and to look for drift, also where some wait for many", () => {
    const city = milan();
    const byStack = { ...city, platform: { ...city.platform, engine: "gitlab" as const } };
    const shards = Array.from({ length: 120 }, (_, index) => `milan-desktops-a-${String(index)}`);
    const steps = [...STACKS, ...shards.map((stack) => ({ stack, after: STACKS.map((one) => one.stack) }))];
    const applying = applyPipeline(byStack, steps);
    expect(applying).toContain("before first-secrets:milan 1:");
    expect(complaints("gitlab-ci", applying)).toEqual([]);
    for (const purpose of PURPOSES) {
      expect(complaints("gitlab-ci", cityPipeline(purpose, [byStack], new Map([["milan", shards]])))).toEqual([]);
    }
  });

  test("accepts the jobs that apply what was approved, be it nothing", () => {
    expect(complaints("gitlab-ci", applyPipeline(milan(), STACKS))).toEqual([]);
    expect(complaints("gitlab-ci", applyPipeline(milan(), []))).toEqual([]);
  });

  test("refuses a job with a key that there is not", () => {
    const text = applyPipeline(milan(), STACKS).replace("resource_group:", "resource_groups:");
    expect(complaints("gitlab-ci", text)).not.toEqual([]);
  });
});
