import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { ciEnvironments } from "../../access/ci-environments";
import { deployedCity } from "../../cli/named-city";
import { applyPipeline, cityPipeline, PURPOSES } from "../../cli/pipeline/gitlab-pipeline";
import { REPOSITORY } from "../../runtime/paths";
import { CITIES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

/** What the ready workflows call, and by which identity; test/lab/workflows.test.ts has what the platforms say of them. */
const WORKFLOWS = join(REPOSITORY, ".github", "workflows");
/** What may change something, and what logs in to Vault. */
const CHANGING = /npm run -s apply|with-login "\$CITY" (?!plan )/;
const LOGS_IN = /npm run -s apply|with-login/;
const GROUPS = ["pipeline", "secrets"];
const SET_UP = join(REPOSITORY, ".github", "actions", "set-up", "action.yml");
const PINNED = /^(?:\.\/|[\w-]+\/[\w./-]+@[0-9a-f]{40}$)/;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly script?: readonly string[];
  readonly rules?: readonly { readonly if: string }[];
  readonly extends?: string;
  readonly interruptible?: boolean;
  readonly image?: string;
  readonly needs?: unknown;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(WORKFLOWS).map((file) => ({
  file,
  workflow: parse(readFileSync(join(WORKFLOWS, file), "utf8")) as Workflow,
}));
const githubJobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file} ${name}`, job })),
);
const gitlabJobs = Object.entries({
  ...(parse(readFileSync(join(REPOSITORY, ".gitlab-ci.yml"), "utf8")) as Record<string, Job>),
  ...(parse(readFileSync(join(REPOSITORY, ".gitlab/ci/jobs.yml"), "utf8")) as Record<string, Job>),
}).map(([name, job]) => ({ name, job }));
const jobs = [...githubJobs, ...gitlabJobs];

/** What a job has its shell do. */
function shellOf({ steps = [], script = [] }: Job): string {
  return [...steps.flatMap(({ run = "" }) => run), ...script].join("\n");
}

function jobsThat(pattern: RegExp): { readonly name: string; readonly job: Job }[] {
  return jobs.filter(({ job }) => pattern.test(shellOf(job)));
}

/** Every command of package.json that a shell calls, with its options: `preview --base`. */
function callsIn(shell: string): string[] {
  const [, ...calls] = shell.split("npm run -s ");
  return calls.flatMap((call) => {
    const [script = "", ...words] = call.split(/[\s)]+/);
    const [sub = ""] = words.slice(1);
    const command = GROUPS.includes(script) ? `${script} ${sub}` : script;
    return [command, ...words.filter((word) => /^--[a-z]/.test(word)).map((option) => `${command} ${option}`)];
  });
}

/** What the guide has its reader type. */
function typedInGuide(): string[] {
  const guide = readFileSync(join(REPOSITORY, "docs", "guides", "ci.md"), "utf8");
  const lines = [...guide.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(([, text = ""]) => text.split("\n"));
  return lines.map((line) => line.replace(/npm run (?!-s )/, "npm run -s "));
}

/** What a command says of itself; nothing where there is no such command. */
async function helpOf(command: string): Promise<string> {
  const { out } = await typedHere([...command.split(" "), "--help"]);
  return out.startsWith(`Usage: postazioni ${command} `) ? out : "";
}

describe("the commands of the workflows and of their guide", () => {
  const calls = [...new Set([...jobs.map(({ job }) => shellOf(job)), ...typedInGuide()].flatMap(callsIn))].sort();
  const commands = calls.filter((call) => !call.includes(" --"));

  test("are all that CI has for a city", () => {
    expect(commands).toEqual([
      ...[
        "apply",
        "drift",
        "pipeline cities",
        "pipeline comment",
        "pipeline gitlab",
        "pipeline gitlab-apply",
        "pipeline layers",
        "pipeline looks",
        "pipeline stacks",
      ],
      ...["pipeline with-login", "preview", "secrets first"],
    ]);
  });

  test.each(commands)("%s is there, with each option that they use", async (command) => {
    const help = await helpOf(command);
    expect(help).not.toBe("");
    const options = calls
      .filter((call) => call.startsWith(`${command} --`))
      .map((call) => call.split(" ").at(-1) ?? "");
    expect(options.filter((option) => !new RegExp(`${option}[ ,]`).test(help))).toEqual([]);
  });

  test("hide no failure but that something would change", () => {
    for (const { job } of jobs) {
      for (const [, after] of shellOf(job).matchAll(/\|\|(.*)/g)) expect(after?.trim()).toBe("test $? = 2");
    }
  });
});

describe("the identity", () => {
  test("of every preview, plan and look for drift is plan, and that of an apply is apply", () => {
    const roles = jobs.flatMap(({ job }) =>
      [...shellOf(job).matchAll(/with-login "\$CITY" (\S+) --\s+npm run -s (\S+)/g)].map(([, role, command]) => [
        command,
        role,
      ]),
    );
    expect(new Set(roles.map((pair) => pair.join(" by ")))).toEqual(
      new Set(["preview by plan", "drift by plan", "secrets by first-secrets"]),
    );
    const alone = /(?<!with-login "\$CITY" \S+ --\s+)npm run -s (?:preview|drift|secrets)/;
    expect(jobsThat(alone)).toEqual([]);
    // An apply logs in by itself, once a stack.
    expect(jobsThat(/with-login "\$CITY" \S+ --\s+npm run -s apply/)).toEqual([]);
  });

  test("is that of the environment with the reviewers in each job that may change something, and of no other job", () => {
    const { plan, deployment } = ciEnvironments("${{ inputs.city }}");
    const environments = new Map(githubJobs.map(({ name, job }) => [name, job.environment]));
    const named = [...environments].filter(([, environment]) => environment !== undefined);
    expect(Object.fromEntries(named)).toEqual({
      "apply-stacks.yml apply": deployment,
      "deploy-city.yml plan": plan,
      "first-secrets.yml first-secrets": deployment,
      "drift.yml drift": ciEnvironments("${{ matrix.city }}").plan,
      "preview.yml preview": ciEnvironments("${{ matrix.city }}").plan,
    });
    const changing = githubJobs.filter(({ job }) => CHANGING.test(shellOf(job))).map(({ name }) => name);
    expect(changing).toEqual(["apply-stacks.yml apply", "first-secrets.yml first-secrets"]);
  });

  test("is given on GitHub only to jobs that log in, and those may write nothing else", () => {
    // A release signs where it was built, and is no city's.
    const own = githubJobs.filter(({ name, job }) => job.steps !== undefined && name !== "release.yml publish");
    const [known, unknown] = [true, false].map((logsIn) =>
      own.filter(({ job }) => LOGS_IN.test(shellOf(job)) === logsIn).map(({ job }) => job.permissions),
    );
    expect(known?.length).toBe(5);
    for (const permissions of known ?? []) expect(permissions).toEqual({ contents: "read", "id-token": "write" });
    for (const permissions of unknown ?? [])
      expect(permissions ?? { "id-token": "all" }).not.toHaveProperty("id-token");
    for (const { workflow } of workflows) expect(workflow.permissions).toEqual({});
  });

  test("of a fork's request is none", () => {
    const preview = workflows.find(({ file }) => file === "preview.yml")?.workflow;
    expect(preview?.on).toBe("pull_request");
    expect(preview?.jobs.cities?.if).toBe("github.event.pull_request.head.repo.full_name == github.repository");
  });
});

describe("an apply", () => {
  test("is for the protected branch alone", () => {
    const changing = jobsThat(CHANGING);
    expect(changing.map(({ name }) => name)).toEqual([
      ...["apply-stacks.yml apply", "first-secrets.yml first-secrets"],
      ...[".apply", ".apply-stacks", ".first-secrets"],
    ]);
    const conditions = changing.map(({ job }) => job.steps?.[0]?.run ?? job.rules?.[0]?.if);
    expect(new Set(conditions)).toEqual(
      new Set([
        'test "$GITHUB_EVENT_NAME" = push && test "$GITHUB_REF_PROTECTED" = true',
        '$CI_COMMIT_REF_PROTECTED == "true"',
      ]),
    );
    expect(changing.filter(({ job }) => (job.rules ?? []).length > 1)).toEqual([]);
    const callersOf = (called: string) =>
      workflows.filter(({ workflow }) => JSON.stringify(workflow).includes(called)).map(({ file }) => file);
    expect(callersOf("apply-stacks.yml")).toEqual(["deploy-city.yml"]);
    expect(callersOf("first-secrets.yml")).toEqual(["deploy-city.yml"]);
    expect(callersOf("deploy-city.yml")).toEqual(["deploy.yml"]);
    const deploy = workflows.find(({ file }) => file === "deploy.yml")?.workflow;
    expect(deploy?.on).toEqual({ push: { branches: ["main"] } });
  });

  test("comes after an approval and is held to it", () => {
    const deploy = workflows.find(({ file }) => file === "deploy-city.yml")?.workflow;
    expect(deploy?.jobs.first).toMatchObject({ needs: "plan", if: "needs.plan.outputs.first != '[]'" });
    const later = ["second", "third", "first-secrets"].map((name) => deploy?.jobs[name]);
    for (const job of later) {
      expect(job?.needs).toContain("first");
      // A layer comes after all before it, and is left where one of their jobs failed.
      expect(job?.if).toContain("!cancelled() && !failure()");
    }
    for (const { job } of jobsThat(/npm run -s apply/)) expect(shellOf(job)).toContain("--approved approval.json");
    expect(gitlabJobs.find(({ name }) => name === ".apply")?.job.rules).toMatchObject([{ when: "manual" }]);
  });

  test("is refused where the branch has moved on since it was planned", () => {
    const steps = workflows.find(({ file }) => file === "apply-stacks.yml")?.workflow.jobs.apply?.steps ?? [];
    const checkout = steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with).toMatchObject({ ref: "${{ github.ref }}" });
    const check = steps.findIndex(({ run }) => run === 'test "$(git rev-parse HEAD)" = "$GITHUB_SHA"');
    expect(check).toBeGreaterThan(0);
    expect(check).toBeLessThan(steps.findIndex(({ run = "" }) => run.includes("npm run -s apply")));
  });

  test("is never ended by a newer one", () => {
    expect(gitlabJobs.find(({ name }) => name === ".apply")?.job.interruptible).toBe(false);
    const deploying = workflows.filter(({ file }) => file.startsWith("deploy"));
    expect(deploying).toHaveLength(2);
    expect(JSON.stringify(deploying)).not.toContain("cancel-in-progress");
  });
});

describe("every job", () => {
  test("has a time limit, and takes actions by their commit", () => {
    for (const { name, job } of githubJobs) {
      const limit = job.uses === undefined ? job["timeout-minutes"] : 1;
      expect({ name, limit }).toEqual({ name, limit: expect.any(Number) });
      const uses = (job.steps ?? []).flatMap((step) => step.uses ?? []);
      expect(uses.filter((action) => !PINNED.test(action))).toEqual([]);
    }
    expect(gitlabJobs.find(({ name }) => name === ".postazioni")?.job).toMatchObject({ timeout: "15 minutes" });
  });

  test("has no secret in what its shell is told", () => {
    for (const { job } of githubJobs) expect(shellOf(job)).not.toMatch(/\$\{\{/);
  });

  test("installs without the packages' scripts, where no secret is: in a step before on GitHub, in a job before on GitLab", () => {
    const install = "npm ci --omit=dev --ignore-scripts";
    const { runs } = parse(readFileSync(SET_UP, "utf8")) as { readonly runs: { readonly steps: readonly Step[] } };
    const typed = runs.steps.filter(({ run }) => run !== undefined && !run.startsWith("echo "));
    expect(typed).toEqual([{ run: install, shell: "bash" }]);
    expect(jobsThat(/npm (?:ci|i|install)\b/).map(({ name }) => name)).toEqual(["cities"]);
    for (const { name, job } of githubJobs) {
      const steps = job.steps ?? [];
      expect([name, secretsIn({ ...job, steps: [] })]).toEqual([name, []]);
      const first = steps.findIndex((step) => secretsIn(step).length > 0 || step.run?.includes("npm run") === true);
      const setUp = steps.findIndex(({ uses }) => uses === "./.github/actions/set-up");
      expect([name, first === -1 || (setUp !== -1 && setUp < first)]).toEqual([name, true]);
    }
    const cities = gitlabJobs.find(({ name }) => name === "cities")?.job;
    expect(cities?.script?.[0]).toBe(install);
    expect(cities?.environment).toBeUndefined();
    for (const { job } of gitlabJobs) expect(job).not.toHaveProperty("before_script");
  });

  test("of GitLab takes the packages that were installed, and runs in an image with a digest", () => {
    expect(gitlabJobs.filter(({ job }) => job.image !== undefined).map(({ name, job }) => [name, job.image])).toEqual([
      [".postazioni", "$POSTAZIONI_IMAGE"],
    ]);
    const containerfile = readFileSync(join(REPOSITORY, ".gitlab/ci/Containerfile"), "utf8");
    expect([...containerfile.matchAll(/^FROM (\S+)/gm)].map(([, from]) => from)).toEqual(["$TERRAFORM", "$NODE"]);
    const milan = deployedCity(CITIES, "milan");
    const made = [
      ...PURPOSES.map((purpose) => cityPipeline(purpose, [milan])),
      applyPipeline(milan, [{ stack: "milan-network", after: [] }]),
    ];
    const children = made.flatMap((text) => Object.values(parse(text) as Record<string, Job>));
    const running = children.filter(({ extends: template }) => template !== undefined);
    expect(running).toHaveLength(5);
    for (const { needs } of running) expect(needs).toContainEqual({ pipeline: "$INSTALL_PIPELINE", job: "cities" });
  });
});

/** The secrets that a part of a workflow names, but for what it hands to a workflow that it calls. */
function secretsIn(part: object): string[] {
  return [...JSON.stringify(part).matchAll(/secrets\.([A-Z]\w*)/g)].map(([, name = ""]) => name);
}

describe("a release", () => {
  const jobOf = (name: string) => githubJobs.find((one) => one.name === `release.yml ${name}`)?.job ?? {};
  const notes = (...args: readonly string[]) =>
    spawnSync(join(REPOSITORY, ".ci/release-notes"), args, { encoding: "utf8" });

  test("is of a tag alone, and the job that may write runs nothing of the repository", () => {
    const { on } = workflows.find(({ file }) => file === "release.yml")?.workflow ?? {};
    expect(on).toEqual({ push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } });
    expect(jobOf("build").permissions).toEqual({ contents: "read" });
    const publish = jobOf("publish");
    expect(publish.steps?.some(({ uses = "" }) => uses.startsWith("actions/checkout"))).toBe(false);
    expect(shellOf(publish)).not.toMatch(/npm|node|\.ci/);
  });

  test("has the notes of its version in the changelog, and is refused without", () => {
    const file = join(mkdtempSync(join(tmpdir(), "notes-")), "CHANGELOG.md");
    writeFileSync(
      file,
      "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-01\n- new\n\n## [0.1.0] - 2026-12-01\n- first\n",
    );
    expect(notes("0.2.0", file)).toMatchObject({ status: 0, stdout: "- new\n" });
    expect(notes("0.1.0", file)).toMatchObject({ status: 0, stdout: "- first\n" });
    expect(notes("0.1", file).status).toBe(1);
    expect(notes("Unreleased", file).stderr).toContain("has no section of Unreleased");
    rmSync(dirname(file), { recursive: true });
  });
});
