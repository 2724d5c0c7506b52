import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { PreviewReport } from "../../preview/report";
import { edited } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { ByHand } from "../lab/by-hand";
import { TestLab, withoutPools } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const TRIES = 8;
const SHARD = "milan-desktops-anagrafe-01";
const MACHINE = "Milano/vm/milan/servizi-civici/anagrafe/mi-ana-0001";

/** Changes that touch each kind of stack, alone and by what it hands over. */
const EDITS: readonly Edit[] = [
  { "workstations.light.memoryGib": 6 },
  { "workstations.light.cpus": 3 },
  { "directorates.+": { id: "transizione", name: "Transizione Digitale", staff: 100 } },
  { "pools.smart-working.directorate": "servizi-civici" },
  { "pools.tecnica.+antiAffinity": true },
  { "network.switch.name": "dvs-other" },
  { "network.flows.control-room-to-web.ports": ["tcp/443"] },
  { "secrets.+loginMinutes": 45 },
  { "secrets.+passwordLength": 30 },
  { "pools.smart-working.name": "telelavoro" },
  { "platform.vsphere.+clonesAtATime": 3 },
];

jest.setTimeout(30 * MINUTE);

let lab: TestLab;
let hand: ByHand;
let drift = "";
let before = "";

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
  });
  await lab.deploy("milan");
  hand = await ByHand.logIn(lab.session, "milan");
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@test.example", "commit", "--quiet", "--message=before");
  drift = join(lab.session.paths.directory, "drift.json");
  before = readFileSync(fileOfMilan(), "utf8");
}, 30 * MINUTE);

afterAll(async () => {
  hand.close();
  await lab.stop();
}, MINUTE);

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: lab.environments });
}

function fileOfMilan(): string {
  return join(lab.environments, "milan.yaml");
}

/** A preview against the base. @returns undefined where the file breaks a rule */
async function preview(...args: string[]): Promise<PreviewReport | undefined> {
  const { stdout, told } = await typedInLab(lab, "preview", ["milan", "--base", "HEAD", "--format", "json", ...args]);
  if (stdout !== "") return JSON.parse(stdout) as PreviewReport;
  if (/milan\.yaml:\d+:/.test(told)) return undefined;
  throw new Error(told);
}

function changes({ stacks }: PreviewReport): unknown[] {
  return stacks
    .filter(({ result }) => result !== "unchanged")
    .map(({ stack, result, changes: resources, outputs }) => ({ stack, result, resources, outputs }));
}

// Where edits do not go together, the file breaks a rule and is no case: a pool that is renamed comes last, after what names it.
test("the stacks that are not planned are those of which a plan of all shows nothing, whatever the file changes", async () => {
  const some = fc.sample(fc.subarray([...EDITS], { minLength: 1, maxLength: 3 }), TRIES);
  let compared = 0;
  for (const edits of [[], ...some]) {
    writeFileSync(fileOfMilan(), edited(before, ...edits));
    const chosen = await preview();
    if (chosen === undefined) continue;
    const all = await preview("--all");
    if (all === undefined) throw new Error("the file was right before");
    expect(changes(chosen)).toEqual(changes(all));
    expect({ gates: chosen.gates, pools: chosen.pools, file: chosen.file, result: chosen.result }).toEqual({
      ...{ gates: all.gates, pools: all.pools, file: all.file, result: all.result },
    });
    expect(chosen.unplanned.length).toBeGreaterThan(0);
    expect(chosen.stacks.length + chosen.unplanned.length).toBe(all.stacks.length);
    compared += 1;
  }
  writeFileSync(fileOfMilan(), before);
  expect(compared).toBeGreaterThan(TRIES / 2);
});

test("what somebody changed by hand in a stack that is not planned is found by the look for drift, and then by the preview", async () => {
  const look = (): Promise<unknown> => typedInLab(lab, "drift", ["milan", "--json", drift]);
  await look();
  writeFileSync(fileOfMilan(), edited(before, { "secrets.+loginMinutes": 45 }));
  const known = await preview("--drift", drift);
  expect(known?.stacks.map(({ stack }) => stack)).toEqual(["milan-secrets"]);
  expect(known?.unplanned).toContainEqual({ stack: SHARD, withoutDriftAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  await hand.resize(MACHINE, 2048);
  expect((await preview("--drift", drift))?.stacks).toHaveLength(1);
  await look();
  const found = await preview("--drift", drift);
  expect(found?.stacks.map(({ stack }) => stack)).toEqual([SHARD, "milan-secrets"]);
  expect(found?.gates.closed.map(({ gate, scope }) => [gate, scope])).toContainEqual(["drift", SHARD]);
});

test("nothing is applied to a stack that was not previewed, whatever drifted there", async () => {
  const approval = join(lab.session.paths.directory, "approval.json");
  await preview("--approval", approval);
  const { code, told } = await typedInLab(lab, "apply", [SHARD, "--approved", approval]);
  expect({ code, told }).toEqual({ code: 3, told: expect.stringContaining("the approval does not have it") });
  expect((await typedInLab(lab, "apply", ["--approved", approval])).code).toBe(0);
  const drifted = await typedInLab(lab, "drift", ["milan"]);
  expect({ code: drifted.code, told: drifted.stdout }).toEqual({ code: 2, told: expect.stringContaining(SHARD) });
});
