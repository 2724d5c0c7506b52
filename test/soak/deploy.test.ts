import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { ByHand } from "../lab/by-hand";
import { TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import { Deployments, written } from "./deployments";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
/** A clone takes long enough for its deployment to be ended, or met by another one. */
const [SEATS, CLONE_MS] = [2, 4000];
const [FOUNDATION, NETWORK, REMOTO, UFFICI, HOSTED] = [
  ...["catania-foundation", "catania-network", "catania-desktops-remoto-01", "catania-desktops-uffici-01"],
  "catania-desktops-milan-anagrafe-hosted-01",
] as const;
const FOLDER = "Catania/vm/catania/affari-generali";

jest.setTimeout(10 * MINUTE);

let lab: TestLab;
let deployments: Deployments;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, undefined, undefined, CLONE_MS);
  deployments = new Deployments(lab);
  lab.edit("catania", "restarted: { seats: 50, percent: 10 }", "restarted: { percent: 100 }");
}, 20 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

async function expectNothingLeftToDo(): Promise<void> {
  const after = await deployments.typed("--dry-run");
  expect(after).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+ stacks without change$/),
  });
  const names = await deployments.machines();
  expect(names).toEqual([...new Set(names)]);
}

describe("a deployment that is not confirmed", () => {
  test("shows what it would do, and does nothing", async () => {
    const before = await lab.standing("catania");
    expect(await deployments.typed("--dry-run")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^catania-network: \d+ to create$/m),
    });
    expect(await deployments.typed()).toMatchObject({
      code: 2,
      told: expect.stringContaining("nobody is there to confirm it: --yes does"),
    });
    expect(await lab.standing("catania")).toEqual(before);
  });
});

describe("a deployment that is ended in the middle", () => {
  test.each([
    ["Ctrl-C", "SIGINT", 130, ["--yes"], FOUNDATION, /Creation complete/],
    ["SIGTERM", "SIGTERM", 143, ["--yes", "--resume"], NETWORK, /Creating\.\.\./],
    ["a closed terminal", "SIGHUP", 129, ["--yes", "--resume"], REMOTO, /Creating\.\.\./],
  ] as const)(
    "by %s waits for Terraform, and leaves no lock, plan or process",
    async (_how, signal, code, args, stack, text) => {
      deployments.forgetLogs();
      const deployment = deployments.started(args);
      await deployments.applying(deployment, stack, text);
      deployment.child.kill(signal);
      const { said, code: exit } = await deployment.ended;
      expect({ exit, said }).toEqual({
        exit: code,
        said: expect.stringContaining(`${stack}: failed: it was ended`),
      });
      expect(said).toContain("'npm run deploy -- catania --resume' goes on with what is left.");
      expect({
        locks: deployments.locks(),
        workers: deployments.workers(),
      }).toEqual({ locks: [], workers: [] });
    },
  );

  test("is brought to its end by the next one, which makes no machine twice", async () => {
    const resumed = await deployments.typed("--resume", "--yes");
    expect(resumed).toMatchObject({
      code: 0,
      told: expect.not.stringContaining("failed"),
    });
    expect(existsSync(deployments.output("catania.deployment.json"))).toBe(false);
    await expectNothingLeftToDo();
    expect(await deployments.machines()).toHaveLength(4 * SEATS);
  });

  test("and whose Terraform is ended at once says what it may leave, and the next one goes on", async () => {
    lab.edit("milan", "active: false", "active: true");
    deployments.forgetLogs();
    const deployment = deployments.started(["--yes"]);
    await deployments.applying(deployment, HOSTED, /Creating\.\.\./);
    deployment.child.kill("SIGINT");
    await setTimeout(1500);
    deployment.child.kill("SIGINT");
    const { said, code } = await deployment.ended;
    expect({ code, said }).toEqual({
      code: 130,
      said: expect.stringContaining("Ending Terraform at once: it may leave machines in no state"),
    });
    expect(deployments.workers()).toEqual([]);
    // vCenter finishes the clones all the same.
    await setTimeout(2 * CLONE_MS);
    const found = await typedInLab(lab, "clones", ["catania", "--remove"]);
    expect(found.code).toBe(0);
    // A half-made machine that is in the state is made anew.
    const { stdout } = await deployments.typed("--resume", "--dry-run");
    const destroyed = stdout.split("\n").filter((line) => line.startsWith("  ")).length;
    expect(await deployments.typed("--resume", "--destroys", String(destroyed))).toMatchObject({ code: 0 });
    await expectNothingLeftToDo();
    expect(await deployments.machines()).toHaveLength(5 * SEATS);
  });
});

describe("a deployment that fails in the middle", () => {
  const POOL = "catania-desktops-sportello-01";

  test("brings others to their end, leaves what stands on it, and says why for each", async () => {
    const [pool] = lab.city("catania").pools.filter(({ name }) => name === "uffici");
    const yaml = JSON.stringify({
      ...pool,
      name: "sportello",
      code: "spo",
      seats: 2,
    });
    lab.edit("catania", /^pools:.*$/m, `$&\n  - ${yaml}`);
    const byHand = await ByHand.logIn(lab.session, "catania");
    await byHand.call("CreateFolder", "Folder", FOLDER, "<name>sportello</name>");
    const { code, told } = await deployments.typed("--yes");
    expect({ code, told }).toEqual({
      code: 1,
      told: expect.stringMatching(/catania-foundation: failed: .*sportello.*; the whole log: /),
    });
    expect(told).toContain(`${POOL}: nothing was applied: it comes after ${FOUNDATION}`);
    expect(told).toMatch(/catania-secrets: Resources: [1-9]\d* added/);
    expect(deployments.locks()).toEqual([]);
  });

  test("is not resumed where the file says something else by now, and nothing is applied", async () => {
    const before = await lab.standing("catania");
    lab.edit("catania", "mtu: 9000", "mtu: 1500");
    const { code, told } = await deployments.typed("--resume", "--yes");
    expect({ code, told }).toEqual({
      code: 2,
      told: expect.stringMatching(/changed since the deployment of .*: catania-network would be/),
    });
    expect(await lab.standing("catania")).toEqual(before);
    lab.edit("catania", "mtu: 1500", "mtu: 9000");
  });

  test("is resumed once the cause is gone, and plans only what is left", async () => {
    const byHand = await ByHand.logIn(lab.session, "catania");
    await byHand.call("Destroy_Task", "Folder", `${FOLDER}/sportello`);
    const { code, told } = await deployments.typed("--resume", "--yes");
    expect({ code, told }).toEqual({
      code: 0,
      told: expect.stringMatching(/Plan 2 stacks of catania/),
    });
    expect(await deployments.typed("--resume")).toMatchObject({
      code: 2,
      told: expect.stringContaining("no deployment of catania broke off here"),
    });
    await expectNothingLeftToDo();
  });
});

describe("two deployments at once", () => {
  function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
    for (const pid of pids) process.kill(pid, signal);
  }

  test("are told who holds the lock, and wait or not; both end in what the file says", async () => {
    lab.edit("catania", "memoryGib: 8, diskGib: 80", "memoryGib: 7, diskGib: 80");
    deployments.forgetLogs();
    const first = deployments.started(["--yes"]);
    await deployments.applying(first, UFFICI, /Modifying\.\.\./);
    const held = deployments.workers("stacks", UFFICI);
    signalAll(held, "SIGSTOP");
    const { folder, variables } = deployments.otherPlace();
    const impatient = await deployments.started(["--yes", "--stacks", UFFICI, "--lock-timeout", "0s"], variables).ended;
    expect(impatient).toMatchObject({
      code: 1,
      said: expect.stringMatching(/its state is locked by \S+@\S+ since \d{4}-.* UTC \(apply, lock /),
    });
    const second = deployments.started(["--yes", "--stacks", UFFICI, "--lock-timeout", "5m"], variables);
    const waits = join(folder, "deploy.out", "logs", `${UFFICI}-plan.log`);
    await written(second, waits, /Acquiring state lock/);
    signalAll(held, "SIGCONT");
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(await second.ended).toMatchObject({
      code: 0,
      said: expect.stringContaining(`${UFFICI}: Resources: 0 added, 0 changed`),
    });
    await expectNothingLeftToDo();
  });

  test("an older checkout does not take the machines of an emergency, and says why", async () => {
    const names = await deployments.machines();
    lab.edit("milan", "active: true", "active: false");
    expect(await deployments.typed("--yes")).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/^\S+: \d+ to destroy/m),
      told: expect.stringMatching(/the gate destroyed is closed for .*hosted/),
    });
    expect(await deployments.machines()).toEqual(names);
    lab.edit("milan", "active: false", "active: true");
  });

  test("an approval of before an emergency takes none of its machines, and its own change is applied", async () => {
    lab.edit("milan", "active: true", "active: false");
    lab.edit("catania", /^ +destroyed: true\n/m, "");
    expect(await deployments.typed("--destroys", String(SEATS))).toMatchObject({
      code: 0,
    });
    lab.edit("catania", "memoryGib: 7, diskGib: 80", "memoryGib: 6, diskGib: 80");
    const approval = join(lab.session.paths.directory, "before.json");
    const preview = ["catania", "--approval", approval, "--out", `${approval}.md`];
    expect(await typedInLab(lab, "preview", preview)).toMatchObject({
      code: 2,
    });
    lab.edit("milan", "active: false", "active: true");
    expect(await deployments.typed("--stacks", HOSTED, "--yes")).toMatchObject({
      code: 0,
    });
    const names = await deployments.machines();
    lab.edit("milan", "active: true", "active: false");
    const apply = (...args: string[]) => typedInLab(lab, "apply", [...args, "--approved", approval]);
    expect(await apply(HOSTED)).toMatchObject({
      code: 3,
      told: expect.stringMatching(/destroy, not approved/),
    });
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await deployments.machines()).toEqual(names);
    lab.edit("milan", "active: false", "active: true");
    await expectNothingLeftToDo();
  });

  test("two requests for one pool end in the file of the later one, in either order", async () => {
    const approve = async (name: string): Promise<string> => {
      const file = join(lab.session.paths.directory, name);
      expect(await typedInLab(lab, "preview", ["catania", "--approval", file, "--out", `${file}.md`])).toMatchObject({
        code: 2,
      });
      return file;
    };
    const apply = (file: string) => typedInLab(lab, "apply", ["--approved", file]);
    lab.edit("catania", "memoryGib: 6, diskGib: 80", "memoryGib: 5, diskGib: 80");
    const first = await approve("first.json");
    lab.edit("catania", "memoryGib: 5, diskGib: 80", "memoryGib: 4, diskGib: 80");
    const second = await approve("second.json");
    expect(await apply(second)).toMatchObject({ code: 0 });
    lab.edit("catania", "memoryGib: 4, diskGib: 80", "memoryGib: 5, diskGib: 80");
    expect(await apply(first)).toMatchObject({
      code: 3,
      told: expect.stringContaining("other than approved in memory"),
    });
    lab.edit("catania", "memoryGib: 5, diskGib: 80", "memoryGib: 4, diskGib: 80");
    await expectNothingLeftToDo();
  });
});

describe("a state that is not right", () => {
  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2), "its state is damaged, or encrypted"],
    [
      "of a newer Terraform",
      (text: string) => text.replace('"version": 4', '"version": 5'),
      "written by a newer Terraform",
    ],
    ["encrypted", () => '{"encrypted_data":"AAAA","encryption_version":"v0"}', "its state is damaged, or encrypted"],
    [
      "of another stack",
      () => readFileSync(deployments.stateOf(FOUNDATION), "utf8"),
      `its state is that of ${FOUNDATION}`,
    ],
    [
      "of another city",
      (text: string) => text.replace(`"value": "${NETWORK}"`, '"value": "milan-network"'),
      "its state is that of milan-network",
    ],
  ])("%s is told, and nothing is applied", async (_what, changed, told) => {
    const [own, kept] = [deployments.stateOf(NETWORK), `${deployments.stateOf(NETWORK)}.kept`];
    const before = await lab.standing("catania");
    cpSync(own, kept);
    writeFileSync(own, changed(readFileSync(own, "utf8")));
    const wrong = readFileSync(own, "utf8");
    expect(await deployments.typed("--yes")).toMatchObject({
      code: 1,
      told: expect.stringContaining(told),
    });
    expect(readFileSync(own, "utf8")).toBe(wrong);
    cpSync(kept, own);
    rmSync(kept);
    expect(await lab.standing("catania")).toEqual(before);
  });
});
