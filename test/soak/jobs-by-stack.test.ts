import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { DriftReport } from "../../preview/drift-report";
import type { PreviewReport } from "../../preview/report";
import { VcenterClient } from "../../vcenter/vcenter-client";
import { terraformIn } from "../lab/plan-changes";
import { TestLab, withoutPools } from "../lab/test-lab";
import { startedInLab } from "../lab/typed-command";

/** One lab, one story: the tests run in their order. The commands are those of the jobs of an engine that runs stacks by themselves. */
const MINUTE = 60_000;
const [ANAGRAFE, TECNICA] = ["milan-desktops-anagrafe-01", "milan-desktops-tecnica-01"];
const STOOD_ON = ["milan-foundation", "milan-network"];

jest.setTimeout(30 * MINUTE);

let lab: TestLab;
let watcher: VcenterClient;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
  });
  git("init", "--quiet");
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment();
  const server = lab.session.data.cities.find(({ id }) => id === "milan")?.vcenter ?? "";
  const ca = readFileSync(lab.session.paths.certificates, "utf8");
  watcher = await VcenterClient.logIn({ server, user, password, ca, connections: 1 });
}, 30 * MINUTE);

afterAll(async () => {
  await watcher.logOut();
  await lab.stop();
}, MINUTE);

function git(...args: string[]): void {
  const author = ["-c", "user.name=test", "-c", "user.email=test@test.example"];
  execFileSync("git", [...author, ...args], { cwd: lab.environments });
}

function file(name: string): string {
  return join(lab.session.paths.directory, name);
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(file(name), "utf8"));
}

/** How many sessions of SOAP are open at Milan's vCenter, beside the watcher's own. */
async function sessions(): Promise<number> {
  const [manager = ""] = [await watcher.manager("sessionManager")];
  const [found] = await watcher.properties("SessionManager", [manager], ["sessionList"]);
  return (found?.items("sessionList").length ?? 0) - 1;
}

async function typed(script: string, args: readonly string[]): Promise<number | null> {
  const { code, told } = await startedInLab(lab, script, script === "apply" ? args : ["milan", ...args]);
  if (code === 1) throw new Error(told);
  return code;
}

test("each stack is applied by a job of its own, after those that it stands on, and no job leaves a session", async () => {
  await typed("preview", ["--approval", file("approval.json"), "--json", file("preview.json")]);
  const approved = ["--approved", file("approval.json")];
  const tooEarly = await typed("apply", [ANAGRAFE, ...approved, "--clones", "1"]).catch(String);
  expect(tooEarly).toMatch(/milan-(?:foundation|network)/);
  for (const stack of STOOD_ON) expect(await typed("apply", [stack, ...approved])).toBe(0);
  expect(await typed("apply", [ANAGRAFE, TECNICA, ...approved, "--clones", "1"])).toBe(0);
  expect(await sessions()).toBe(0);
});

test("a look for drift at some stacks has these alone, and what the jobs found is known together", async () => {
  git("add", ".");
  git("commit", "--quiet", "--message=deployed");
  expect(await typed("drift", [ANAGRAFE, "--json", file("drift/0.json")])).toBe(0);
  expect((read("drift/0.json") as DriftReport).stacks.map(({ stack }) => stack)).toEqual([ANAGRAFE]);
  const leftOut = async (): Promise<string[]> => {
    await typed("preview", ["--base", "HEAD", "--drift", file("drift"), "--json", file("preview.json")]);
    return (read("preview.json") as PreviewReport).unplanned.map(({ stack }) => stack);
  };
  expect(await leftOut()).toEqual([ANAGRAFE]);
  expect(await typed("drift", [...STOOD_ON, TECNICA, "--json", file("drift/1.json")])).toBe(0);
  expect(await leftOut()).toEqual([ANAGRAFE, TECNICA, ...STOOD_ON].sort());
  expect(await sessions()).toBe(0);
});

test("a preview of some stacks has these and what they stand on, and is all that a job may apply", async () => {
  await typed("preview", [TECNICA, "--approval", file("approval.json"), "--json", file("preview.json")]);
  const planned = (read("preview.json") as PreviewReport).stacks.map(({ stack }) => stack);
  expect(planned).toEqual([TECNICA, ...STOOD_ON].sort());
  expect(await typed("apply", [ANAGRAFE, "--approved", file("approval.json")])).toBe(3);
});

test("Terraform alone leaves a session at each plan", async () => {
  const folder = join(lab.session.paths.directory, "apply.out", "stacks", TECNICA);
  await terraformIn(folder, lab.session, ["plan", "-input=false", "-lock=false"]);
  expect(await sessions()).toBe(1);
});
