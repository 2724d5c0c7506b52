import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { planCity } from "../../terraform/plan-city";
import { Redactor } from "../../runtime/redactor";
import { previewReport } from "../../preview/report";
import type { PreviewReport } from "../../preview/report";
import { deployed } from "../fixtures/deployed";
import { soakTest } from "../fixtures/soak";
import { filesBelow } from "./files-below";
import { TestLab, withoutPools } from "./test-lab";
import { typedInLab } from "./typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
/** Who may do more once the help desk may read a secret, and there is a directorate more whose names some teams may see. */
const MORE = ["team:auditors", "team:desktop-team", "team:owner-tecnica", "team:security"];
const POOLS = ["anagrafe", "tecnica", "smart-working"];

jest.setTimeout(3 * MINUTE);

let lab: TestLab;
/** A preview in each of its forms. */
const told: string[] = [];

beforeAll(async () => {
  lab = await TestLab.start(2, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
  });
  git("init", "--quiet");
  git("config", "user.name", "test");
  git("config", "user.email", "test@test.example");
  git("add", ".");
  git("commit", "--quiet", "--message=before");
}, 10 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: lab.environments });
}

function preview(args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  return typedInLab(lab, "preview", ["milan", ...args], variables);
}

async function previewed(args: readonly string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const { code, stdout } = await preview([...args, "--format", "json"], variables);
  return { code, report: JSON.parse(stdout) as PreviewReport };
}

/** The texts of a preview in each of its forms. */
async function everyForm(args: readonly string[]): Promise<string[]> {
  const fileOf = (option: string): string => join(lab.session.paths.directory, `preview${option}`);
  const options = ["--out", "--json", "--html", "--sarif", "--code-quality"];
  await preview([...args, ...options.flatMap((option) => [option, fileOf(option)])]);
  return options.map((option) => readFileSync(fileOf(option), "utf8"));
}

function editFile(name: string, from: string, to: string): void {
  const file = join(lab.environments, name);
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${from} is not in ${name}`);
  writeFileSync(file, text.replace(from, to));
}

function poolOf({ pools }: PreviewReport, name: string) {
  return pools.find(({ pool }) => pool === name);
}

test("of a city that was never deployed shows all of it, and makes nothing", async () => {
  const before = await lab.standing("milan");
  const { code, report } = await previewed();
  expect(code).toBe(2);
  expect(report.stacks.filter(({ result }) => result !== "changes")).toEqual([]);
  expect(report.pools.map(({ pool, counts }) => [pool, counts.added])).toEqual(POOLS.map((pool) => [pool, 2]));
  expect(await lab.standing("milan")).toEqual(before);
  expect(lab.session.deployed()).toEqual([]);
});

soakTest("of a city of which only a part is deployed shows the rest", async () => {
  await lab.deploy(["milan-foundation", "milan-secrets"]);
  const { code, report } = await previewed();
  const unchanged = report.stacks.filter(({ result }) => result === "unchanged").map(({ stack }) => stack);
  expect({ code, unchanged }).toEqual({ code: 2, unchanged: ["milan-foundation", "milan-secrets"] });
  expect(poolOf(report, "tecnica")?.counts.added).toBe(2);
});

test("of a city that is as its file has it shows nothing, with the logins of a plan", async () => {
  await lab.deploy("milan");
  const { code, stdout } = await preview([], { VAULT_TOKEN: await lab.branchToken("milan", "plan") });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: [
      "<!-- postazioni preview of milan -->",
      "## Milano: no changes",
      "Not looked at, for want of a version to compare with: `review`, `destinations`, `dataZone`, `privilege`, `capacityPercent`.",
    ].join("\n\n"),
  });
});

test("of a change says whose desktop restarts, who reads what, and what another stack does not hand over yet", async () => {
  const edits = [
    ["cpus: 2, memoryGib: 4, diskGib: 32 }", "cpus: 4, memoryGib: 4, diskGib: 40 }"],
    ["directorates:\n", "directorates:\n  - { id: transizione, name: Transizione Digitale, staff: 100 }\n"],
    ["directorate: risorse-umane\n    workstation", "directorate: transizione\n    workstation"],
    [
      "group: tecnica-responsabili\n        access:\n",
      "group: tecnica-responsabili\n        access:\n          - { to: pools/tecnica/licence-server, may: read }\n",
    ],
  ] as const;
  for (const [from, to] of edits) lab.edit("milan", from, to);
  const { code, report } = await previewed(["--base", "HEAD"]);
  expect(code).toBe(3);
  expect(report.gates.closed.map(({ gate, scope }) => [gate, scope])).toEqual([
    ["restarted", "smart-working"],
    ...MORE.map((team) => ["privilege", team]),
  ]);
  const lines = readFileSync(join(lab.environments, "milan.yaml"), "utf8").split("\n");
  expect(lines[(report.gates.closed[0]?.line ?? 0) - 1]).toContain("- name: smart-working");
  expect(poolOf(report, "smart-working")).toMatchObject({ directorate: "transizione", counts: { restarted: 2 } });
  expect(report.pools).toHaveLength(1);
  expect(report.file?.access).toContainEqual({
    ...{ identity: "team:owner-tecnica", path: "milan/kv/data/pools/tecnica/licence-server" },
    ...{ gained: ["read"], lost: [] },
  });
  expect(report.file?.capacity.map(({ unit }) => unit)).toEqual(["cpus", "diskGib"]);
  expect(report.file?.network).toEqual({ rules: [], reachChanges: [] });
});

test("of a retired seat says how many people lose theirs, and which pseudonyms only where asked", async () => {
  lab.edit("milan", "    code: ana\n", "    code: ana\n    retired: [2]\n");
  editFile("milan.assignments.csv", "mi-ana-0002,MI900101,servizi-civici,2026-01-12,\n", "");
  told.push(...(await everyForm(["--base", "HEAD", "--people"])));
  const [text, json = "", page] = told;
  expect(poolOf(JSON.parse(json) as PreviewReport, "anagrafe")).toMatchObject({ counts: { removed: 1 }, people: 1 });
  expect(text).toContain("`MI900101`");
  expect(page).toMatch(/^<!doctype html>[^]*Milano: Stopped by a gate[^]*<code>MI900101<\/code>/);
});

/** Waivers of all gates that the edits above close, as the file has them. */
const WAIVERS = [
  ["restarted", "smart-working"],
  ...MORE.map((team) => ["privilege", team]),
  ["destroyed", "milan-desktops-anagrafe-01"],
].map(
  ([gate = "", scope = ""]) =>
    `    - { gate: ${gate}, scope: "${scope}", reason: A test, owner: M. Rossi, until: 2099-12-31 }\n`,
);
const WAIVED = `    drift: true\n  waivers:\n${WAIVERS.join("")}`;

test("passes a gate by a waiver that the base has too", async () => {
  const changed = readFileSync(join(lab.environments, "milan.yaml"), "utf8");
  git("checkout", "--quiet", "HEAD", "--", "milan.yaml");
  lab.edit("milan", "    drift: true\n", WAIVED);
  git("commit", "--quiet", "--message=waivers", "milan.yaml");
  writeFileSync(join(lab.environments, "milan.yaml"), changed);
  lab.edit("milan", "    drift: true\n", WAIVED);
  const { code, report } = await previewed(["--base", "HEAD"]);
  expect({ code, closed: report.gates.closed }).toEqual({ code: 2, closed: [] });
  expect(report.gates.waived).toHaveLength(WAIVERS.length);
  expect(poolOf(report, "anagrafe")).toMatchObject({ people: 1 });
  expect(JSON.stringify(report)).not.toContain("MI900101");
});

soakTest("passes it only while the file has the waiver, and as long as it is good", async () => {
  lab.edit("milan", WAIVED, "    drift: true\n");
  expect(await previewed(["--base", "HEAD"])).toMatchObject({ code: 3 });
  lab.edit("milan", "    drift: true\n", WAIVED.replace("2099-12-31", "2026-01-31"));
  expect(await previewed(["--base", "HEAD"])).toMatchObject({
    code: 3,
    report: { gates: { closed: [{ gate: "restarted" }], lapsed: [{ owner: "M. Rossi" }] } },
  });
});

test("shows what can be planned where something cannot, ends with 1, and tells no secret", async () => {
  const { code, report } = await previewed([], { VAULT_TOKEN: "s.not-a-token-of-anybody" });
  expect(code).toBe(1);
  const failed = report.stacks.filter(({ result }) => result === "failed");
  expect(failed).toMatchObject([{ stack: "milan-secrets", failure: expect.stringContaining("permission denied") }]);
  expect(poolOf(report, "smart-working")?.counts.restarted).toBe(2);
  const logs = filesBelow(join(lab.session.paths.directory, "preview.out")).map((file) => readFileSync(file, "utf8"));
  const texts = [...logs, JSON.stringify(report), ...told];
  expect(told).toHaveLength(5);
  expect(logs.length).toBeGreaterThan(20);
  expect(lab.session.secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
});

soakTest("says of ten stacks which has a backend that nobody reaches, and plans the others", async () => {
  const output = join(lab.session.paths.directory, "unreachable.out");
  const names = Array.from({ length: 10 }, (_, index) => `milan-${String(index)}`);
  const [unreached = "", waiting = ""] = names;
  for (const name of names) {
    const http = { address: "https://127.0.0.1:1/state", retry_max: 0 };
    const backend = name === unreached ? { http } : { local: { path: "state.tfstate" } };
    mkdirSync(join(output, "stacks", name), { recursive: true });
    const config = { terraform: { backend }, resource: { terraform_data: { one: {} } } };
    writeFileSync(join(output, "stacks", name, "cdk.tf.json"), JSON.stringify(config));
  }
  const nodes = names.map((name) => ({ name, dependencies: name === waiting ? [unreached] : [] }));
  const { terraform } = lab.session.data.programs;
  const planning = { env: process.env, redactor: new Redactor(), signal: new AbortController().signal };
  const results = await planCity(
    nodes,
    { ...planning, output, terraform, logs: join(output, "logs") },
    () => undefined,
  );
  const placeOf = () => ({ file: "milan.yaml", line: 1, column: 1 });
  const report = previewReport({ wanted: deployed(lab.city("milan")), base: undefined, placeOf }, results);
  expect(report.result).toBe("failed");
  expect(report.stacks.filter(({ result }) => result === "changes")).toHaveLength(8);
  expect(report.stacks.slice(0, 2)).toMatchObject([
    { stack: unreached, failure: expect.stringContaining("127.0.0.1:1") },
    { stack: waiting, failure: `not planned: it stands on ${unreached}` },
  ]);
});

test("names what is wrong with its options, and never with the exit code of changes", async () => {
  const commit = await preview(["--base", "no-such-commit"]);
  expect(commit).toMatchObject({ code: 1, told: expect.stringContaining("--base no-such-commit: git knows no such") });
  expect(await preview(["--out", lab.environments])).toMatchObject({
    code: 1,
    told: expect.stringContaining("--out: "),
  });
  // With the report in a file: of both outputs only the last lines are kept, in the order in which they come.
  const report = join(lab.session.paths.directory, "report.md");
  expect(await preview(["--html", lab.environments, "--out", report])).toMatchObject({
    code: 1,
    told: expect.stringContaining("--html: "),
  });
});
