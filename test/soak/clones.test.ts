import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { PreviewReport } from "../../preview/report";
import { REPOSITORY } from "../../runtime/paths";
import { ByHand } from "../lab/by-hand";
import { cloneTasks, mostAtATime } from "./clone-tasks";
import { terraform } from "../lab/plan-changes";
import { editCity, TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import type { Snapshot } from "../lab/vcenter-snapshot";
import { eventually } from "../fixtures/eventually";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
/** A clone takes long enough to be seen, and its deployment to be ended meanwhile. */
const [SEATS, POOLS, BUDGET, CLONE_MS, POLL_MS] = [3, 4, 4, 8000, 200];
const [TECNICA, UFFICI] = ["catania-desktops-tecnica-01", "catania-desktops-uffici-01"];
const NAMES = ["ct-tec-0001", "ct-tec-0002", "ct-tec-0003"];

jest.setTimeout(15 * MINUTE);

let lab: TestLab;
let approval: string;

beforeAll(async () => {
  lab = await TestLab.start(
    SEATS,
    (environments) => {
      const budget = `clonesAtATime: ${String(BUDGET)}`;
      editCity(environments, "catania", "datacenter: Catania }", `datacenter: Catania, ${budget} }`);
    },
    undefined,
    CLONE_MS,
  );
  approval = join(lab.session.paths.directory, "approval.json");
  await lab.deploy(["catania-foundation", "catania-network"]);
}, 20 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** Previews stacks of the city, all where none is named, and approves what it would do. */
async function preview(...stacks: string[]): Promise<PreviewReport> {
  const options = ["--approval", approval, "--format", "json"];
  const { stdout, told } = await typedInLab(lab, "preview", ["catania", ...stacks, ...options]);
  if (stdout === "") throw new Error(told);
  return JSON.parse(stdout) as PreviewReport;
}

async function clones(...options: string[]): Promise<{ code: number | null; lines: string[] }> {
  const { code, stdout } = await typedInLab(lab, "clones", ["catania", ...options]);
  return { code, lines: stdout.split("\n") };
}

async function machines(names: readonly string[]): Promise<Snapshot["virtualMachines"]> {
  return (await lab.snapshot("catania")).virtualMachines.filter(({ name }) => names.includes(name));
}

function path(seat: string): string {
  return `catania/lavori-pubblici/tecnica/${seat}`;
}

/** A Terraform that leaves its process id in a file when it applies. */
function markedTerraform(): { readonly program: string; readonly mark: string } {
  const [program, mark] = ["marked-terraform", "terraform.pid"].map((name) => join(lab.session.paths.directory, name));
  const real = lab.session.data.programs.terraform;
  writeFileSync(program ?? "", `#!/bin/sh\n[ "$1" != apply ] || echo $$ >${mark ?? ""}\nexec ${real} "$@"\n`);
  chmodSync(program ?? "", 0o755);
  return { program: program ?? "", mark: mark ?? "" };
}

/** Ends a process and what it started, as a machine does that loses its power. */
function kill(mark: string): void {
  const pid = readFileSync(mark, "utf8").trim();
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  for (const one of [pid, ...children.filter((child) => child !== "")]) process.kill(Number(one), "SIGKILL");
}

test("a deployment that ends while vCenter clones leaves machines of seats' names, in no state", async () => {
  await preview(TECNICA);
  const { program, mark } = markedTerraform();
  const ended = typedInLab(lab, "apply", [TECNICA, "--approved", approval], { TERRAFORM_BINARY_NAME: program });
  const running = async (): Promise<number> =>
    (await cloneTasks(lab, "catania")).filter(({ ended: at }) => at === undefined).length;
  await eventually(async () => existsSync(mark) && (await running()) === SEATS, POLL_MS);
  kill(mark);
  expect((await ended).code).toBe(1);
  await eventually(async () => (await running()) === 0, POLL_MS);
  expect((await machines(NAMES)).map(({ name, powerState }) => [name, powerState])).toEqual(
    NAMES.map((name) => [name, "poweredOff"]),
  );
  await expect(lab.deploy([TECNICA])).rejects.toThrow(/already exists/);
});

test("the next preview tells them, and writes no approval", async () => {
  const { result, stacks } = await preview(TECNICA);
  expect(result).toBe("failed");
  const failures = stacks.flatMap((stack) => (stack.failure === null ? [] : [stack.failure]));
  expect(failures).toEqual([
    `3 machines of its names in no state: ${NAMES.map((name) => `${path(name)}: an unfinished clone, which was never started`).join("; ")}; ` +
      '"npm run clones -- catania" lists them, and removes or adopts them',
  ]);
  expect(existsSync(approval)).toBe(false);
});

test("the guide says what to do with them", () => {
  const guide = readFileSync(join(REPOSITORY, "docs/guides/desktops.md"), "utf8");
  for (const option of ["--remove", "--adopt"]) expect(guide).toContain(`npm run clones -- milan ${option}`);
});

test("recover lists them, and that nothing else is left; clones removes those that were never started, and never one that was", async () => {
  const unfinished = NAMES.map((name) => `${name}: ${path(name)}: an unfinished clone, which was never started`);
  const { code, stdout } = await typedInLab(lab, "recover", ["catania"]);
  const nothing = ["0 locks held", "0 states not stored", "0 objects in no state"];
  const lines = [...nothing, "3 machines in no state", ...unfinished];
  expect({ code, lines: stdout.split("\n") }).toEqual({ code: 1, lines });
  const [, , third] = await machines(NAMES);
  const hand = await ByHand.logIn(lab.session, "catania");
  await hand.call("PowerOnVM_Task", "VirtualMachine", `Catania/vm/${path("ct-tec-0003")}`);
  const left = `ct-tec-0003: ${path("ct-tec-0003")}: left alone, it was started, and its guest was not customized`;
  expect((await clones("--adopt")).lines).toContain(left);
  expect(await clones("--remove")).toEqual({
    code: 0,
    lines: [
      "3 machines in no state",
      ...["ct-tec-0001", "ct-tec-0002"].map((name) => `${name}: ${path(name)}: removed`),
      left,
    ],
  });
  expect((await machines(NAMES)).map(({ instanceUuid }) => instanceUuid)).toEqual([third?.instanceUuid]);
  await hand.call("PowerOffVM_Task", "VirtualMachine", `Catania/vm/${path("ct-tec-0003")}`);
  await hand.call("Destroy_Task", "VirtualMachine", `Catania/vm/${path("ct-tec-0003")}`);
  hand.close();
});

test("a deployment clones no more machines at a time than the file says, over all its stacks", async () => {
  const before = Math.max(...(await cloneTasks(lab, "catania")).map(({ started }) => started));
  expect(await preview()).toMatchObject({ result: "changes" });
  const { code, told } = await typedInLab(lab, "apply", ["--approved", approval]);
  expect({ code, told }).toEqual({ code: 0, told: expect.stringContaining(`${UFFICI}: Resources: `) });
  const tasks = (await cloneTasks(lab, "catania")).filter(({ started }) => started > before);
  expect(tasks).toHaveLength(SEATS * POOLS);
  expect(mostAtATime(tasks)).toBeLessThanOrEqual(BUDGET);
});

/** Takes a seat's machine out of its state, as an end between the machine's start and the state's write does. */
async function forget(stack: string, seat: string): Promise<void> {
  await terraform(lab.session, stack, ["init", "-input=false"]);
  const resources = await terraform(lab.session, stack, ["state", "list"]);
  const address = resources.split("\n").find((line) => line.endsWith(`["${seat}"]`)) ?? "";
  await terraform(lab.session, stack, ["state", "rm", "-lock=false", address]);
}

test("clones adopts whole machines, a person's and one of a floating pool: they run on as they are", async () => {
  const names = ["ct-tec-0002", "ct-uff-0001"];
  await lab.synth();
  await forget(TECNICA, "ct-tec-0002");
  await forget(UFFICI, "ct-uff-0001");
  const possessions = async (): Promise<unknown> =>
    (await machines(names)).map(({ instanceUuid, disks, bootTime }) => ({ instanceUuid, disks, bootTime }));
  const before = await possessions();
  expect(await preview()).toMatchObject({ result: "failed" });
  expect((await clones("--remove")).lines).toEqual([
    "2 machines in no state",
    expect.stringMatching(/^ct-tec-0002: .*: a whole machine$/),
    expect.stringMatching(/^ct-uff-0001: .*: a whole machine$/),
  ]);
  expect(await clones("--adopt")).toEqual({
    code: 0,
    lines: [
      "2 machines in no state",
      expect.stringMatching(/^ct-tec-0002: .*: adopted$/),
      expect.stringMatching(/^ct-uff-0001: .*: adopted$/),
    ],
  });
  await preview();
  const { code, told } = await typedInLab(lab, "apply", ["--approved", approval]);
  expect({ code, told }).toEqual({ code: 0, told: expect.stringContaining("0 added, 1 changed, 0 destroyed") });
  expect(await possessions()).toEqual(before);
  expect(await preview()).toMatchObject({ result: "unchanged" });
});
