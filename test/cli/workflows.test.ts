import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { synthesizedStacks } from "../../cli/preview/synthesized-stacks";
import { REPOSITORY } from "../../lab/paths";
import type { Approval, ApprovedStack } from "../../preview/approval";
import { applyOrder, applyRounds } from "../../preview/apply-order";

/** What the ready workflows call, and by which identity; test/lab/workflows.test.ts has what the platforms say of them. */
const WORKFLOWS = join(REPOSITORY, ".github", "workflows");
const GROUPS = ["pipeline", "secrets"];
const PINNED = /^(?:\.\/|[\w-]+\/[\w./-]+@[0-9a-f]{40}$)/;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
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
function helpOf(command: string): string {
  const args = ["--import", "tsx", "cli/main.ts", ...command.split(" "), "--help"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: "utf8" });
  return stdout.startsWith(`Usage: postazioni ${command} `) ? stdout : "";
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
        "pipeline rounds",
      ],
      ...["pipeline with-login", "preview", "secrets first"],
    ]);
  });

  test.each(commands)("%s is there, with each option that they use", (command) => {
    const help = helpOf(command);
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
      new Set(["preview by plan", "drift by plan", "apply by apply", "secrets by first-secrets"]),
    );
    const alone = /(?<!with-login "\$CITY" \S+ --\s+)npm run -s (?:preview|drift|apply|secrets)/;
    expect(jobsThat(alone)).toEqual([]);
  });

  test("is given on GitHub only to jobs that log in, and those may write nothing else", () => {
    const own = githubJobs.filter(({ job }) => job.steps !== undefined);
    const [known, unknown] = [true, false].map((logsIn) =>
      own.filter(({ job }) => shellOf(job).includes("with-login") === logsIn).map(({ job }) => job.permissions),
    );
    expect(known?.length).toBeGreaterThan(3);
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
    const [github, gitlab, ...more] = jobsThat(/npm run -s apply/);
    expect(more).toEqual([]);
    expect(github?.job.steps?.[0]?.run).toBe('test "$GITHUB_EVENT_NAME" = push && test "$GITHUB_REF_PROTECTED" = true');
    expect(gitlab?.job.rules).toEqual([{ if: '$CI_COMMIT_REF_PROTECTED == "true"' }]);
    const callers = workflows.filter(({ workflow }) => JSON.stringify(workflow).includes("deploy-city.yml"));
    expect(callers.map(({ file, workflow }) => [file, workflow.on])).toEqual([
      ["deploy.yml", { push: { branches: ["main"] } }],
    ]);
  });

  test("comes after an approval and is held to it", () => {
    const deploy = workflows.find(({ file }) => file === "deploy-city.yml")?.workflow;
    expect(deploy?.jobs.approve).toMatchObject({ environment: "${{ inputs.city }}" });
    expect(deploy?.jobs.apply).toMatchObject({
      needs: ["plan", "approve"],
      concurrency: { "cancel-in-progress": false },
    });
    for (const { job } of jobsThat(/npm run -s apply/)) expect(shellOf(job)).toContain("--approved approval.json");
    expect(gitlabJobs.find(({ name }) => name === ".approve")?.job.rules).toMatchObject([{ when: "manual" }]);
  });

  test("is never ended by a newer one on GitLab", () => {
    expect(gitlabJobs.find(({ name }) => name === ".apply")?.job.interruptible).toBe(false);
  });

  test("has a round for each stack of every city", () => {
    const output = mkdtempSync(join(tmpdir(), "rounds-"));
    const env = { ...process.env, CDKTF_OUTDIR: output };
    spawnSync(process.execPath, ["--import", "tsx", "stacks/main.ts"], { cwd: REPOSITORY, env });
    const most = ["milan", "catania"].map((city) => applyRounds(applyOrder(allOf(city, output))).length);
    rmSync(output, { recursive: true });
    expect(most).toEqual([4, 3]);
    const apply = workflows.find(({ file }) => file === "apply-city.yml")?.workflow.jobs ?? {};
    expect(Object.keys(apply).filter((name) => name.startsWith("round-"))).toHaveLength(4);
  });
});

/** The approval of a city of which every stack changes. */
function allOf(city: string, output: string): Approval {
  const ofCity = synthesizedStacks(output).filter(({ name }) => name.startsWith(`${city}-`));
  const stacks = ofCity.map(({ name, dependencies }): [string, ApprovedStack] => [
    name,
    { configuration: "", dependencies: [...dependencies], outputs: ["one"], changes: [] },
  ]);
  return { format: "postazioni-approval-2", city, stacks: Object.fromEntries(stacks) };
}

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
});
