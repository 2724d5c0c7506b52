import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { startLab } from "../../lab/lab";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import { run } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import type { RehearsalReport } from "../../rehearsal/report";
import { deployedSample } from "../fixtures/deployed";
import { soakTest } from "../fixtures/soak";
import { grant } from "./guarded-login";
import { deployHere } from "./terraform-alone";
import { filesBelow } from "./files-below";
import { editCity } from "./test-lab";

// CI tests with the providers that are built; a developer may name others.
const PROVIDERS = process.env.POSTAZIONI_TEST_PROVIDERS ?? "built";
const MINUTE = 60_000;
const DIRECTORY = join(LAB_DIRECTORY, `test-${process.env.JEST_WORKER_ID ?? "1"}`);
/** The user whom the saved vCenter lets deploy. */
const DEPLOYER = "guarded@lab.example";
/** What a city's own shell may hold: a rehearsal reads none of it. */
const OF_THE_CITY = {
  VSPHERE_USER: "real-deployer",
  VSPHERE_PASSWORD: "password-of-the-real-vcenter",
  VSPHERE_SERVER: "vcenter.campione.example",
  VAULT_ADDR: "https://vault.campione.example:8200",
  VAULT_TOKEN: "token-of-the-real-vault",
};

jest.setTimeout(3 * MINUTE);

const folder = mkdtempSync(join(tmpdir(), "postazioni-rehearse-test-"));
const environments = join(folder, "environments");
/** The vCenter before the city was deployed there, and after it. */
const [bare, deployed] = [join(folder, "bare"), join(folder, "deployed")];

/** A repository with the city as it is deployed. */
beforeAll(async () => {
  mkdirSync(environments);
  cpSync(join(REPOSITORY, "test", "fixtures", "sample.yaml"), join(environments, "sample.yaml"));
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@test.example", "commit", "--quiet", "--message=before");
  const lab = await startLab({ environments, directory: DIRECTORY, seatsPerPool: 1, providers: PROVIDERS });
  try {
    const needed = cityPrivileges(deployedSample()).flatMap(({ privileges }) => privileges.map(({ id }) => id));
    await grant(lab, "sample", [...new Set(needed)]);
    await lab.saveVcenter("sample", bare);
    await deployHere(lab, "sample");
    await lab.saveVcenter("sample", deployed);
  } finally {
    await lab.stop();
  }
}, 10 * MINUTE);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: environments, stdio: "ignore" });
}

async function typed(args: readonly string[]) {
  const { PATH, HOME } = process.env;
  const { code, stdout, tail } = await run({
    command: "npm",
    args: [
      "run",
      "--silent",
      "rehearse",
      "--",
      "sample",
      "--environments",
      environments,
      "--seats",
      "1",
      "--providers",
      PROVIDERS,
      ...args,
    ],
    cwd: REPOSITORY,
    env: { PATH, HOME, POSTAZIONI_LAB: DIRECTORY, ...OF_THE_CITY },
    redactor: new Redactor(),
  });
  return { code, stdout, told: tail.join("\n") };
}

async function rehearsed(args: readonly string[]) {
  const { code, stdout, told } = await typed([...args, "--format", "json"]);
  if (stdout === "") throw new Error(told);
  return { code, report: JSON.parse(stdout) as RehearsalReport };
}

/** A copy of a saved vCenter, in which the files of a type are changed. */
function changedInventory(
  saved: string,
  type: string,
  ...changes: readonly (readonly [string | RegExp, string])[]
): string {
  const copy = mkdtempSync(join(folder, "changed-"));
  cpSync(saved, copy, { recursive: true });
  for (const name of readdirSync(copy).filter((each) => each.includes(`-${type}-`))) {
    const text = readFileSync(join(copy, name), "utf8");
    writeFileSync(
      join(copy, name),
      changes.reduce((changed, [from, to]) => changed.replaceAll(from, to), text),
    );
  }
  return copy;
}

function stepsOf({ steps }: RehearsalReport): [string, string][] {
  return steps.map(({ step, result }) => [step, result]);
}

test("passes where the change can be deployed on its base, by a login with the permissions of the saved vCenter", async () => {
  editCity(environments, "sample", "mtu: 9000", "mtu: 8900");
  const { code, report } = await rehearsed(["--base", "HEAD", "--saved", deployed, "--login", DEPLOYER]);
  expect(report.failures).toEqual([]);
  expect(stepsOf(report)).toEqual([
    ["base", "passed"],
    ["change", "passed"],
    ["second plan", "passed"],
    ["way back", "passed"],
    ["plan of the base", "passed"],
  ]);
  expect(report.answers).toEqual({ applies: true, settles: true, goesBack: true });
  const [base, change] = report.steps;
  expect(base?.stacks.map(({ result }) => result)).toEqual(Array(6).fill("done"));
  const changed = change?.stacks.filter(({ result }) => result !== "unchanged");
  expect(changed).toMatchObject([{ stack: "sample-network", result: "done", summary: "1 changed" }]);
  expect(change?.stacks.every(({ seconds }) => seconds !== null && seconds > 0)).toBe(true);
  expect(code).toBe(0);
  expect(readdirSync(join(DIRECTORY, "rehearsal"))).toEqual([]);
});

soakTest("fails for want of a privilege in the stack that needs it, says so, and goes back all the same", async () => {
  const less = changedInventory(deployed, "AuthorizationManager", [/<privilege>DVSwitch\.Modify<\/privilege>/g, ""]);
  const { code, report } = await rehearsed(["--base", "HEAD", "--saved", less, "--login", DEPLOYER]);
  expect(code).toBe(1);
  const error = expect.stringContaining("Required privilege 'DVSwitch.Modify' on managed object with id 'dvs-");
  expect(report.failures).toEqual([expect.objectContaining({ step: "change", stack: "sample-network", error })]);
  expect(report.answers).toEqual({ applies: false, settles: null, goesBack: true });
});

soakTest("goes back over people's machines only as whoever does it must say it", async () => {
  git("checkout", ".");
  editCity(environments, "sample", "seats: 1,", "seats: 2,");
  const { code, stdout } = await typed(["--base", "HEAD", "--seats", "2"]);
  expect(stdout).toContain("| Going back to `HEAD` works | yes |");
  expect(stdout).toContain(String.raw`taken with POSTAZIONI\_TEARDOWN=true.`);
  expect(code).toBe(0);
});

soakTest(
  "fails where a name is taken, goes on with what does not wait for it, and destroys what was made",
  async () => {
    git("checkout", ".");
    const taken = changedInventory(bare, "Network", [">VM Network</val>", ">dvs-campione</val>"]);
    const { code, report } = await rehearsed(["--saved", taken]);
    expect(code).toBe(1);
    expect(report.failures).toHaveLength(1);
    expect(report.failures[0]).toMatchObject({ step: "change", stack: "sample-network" });
    expect(report.failures[0]?.error).toContain("The name 'dvs-campione' already exists.");
    const results = Object.fromEntries(report.steps[0]?.stacks.map(({ stack, result }) => [stack, result]) ?? []);
    expect(results).toMatchObject({ "sample-secrets": "done", "sample-desktops-sala-01": "not reached" });
    expect(report.answers).toEqual({ applies: false, settles: null, goesBack: true });
  },
);

soakTest("fails where a datastore is too small for the machines", async () => {
  const small = changedInventory(bare, "Datastore", [/<freeSpace>\d+</g, `<freeSpace>${String(30 * 2 ** 30)}<`]);
  fillTemplates(small);
  const { code, stdout } = await typed(["--saved", small]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /\| Deploy the change \| `sample-desktops-\w+-01` \| `.*Insufficient disk space on datastore 'vsan-a'\..*` \|/,
  );
});

/** Templates hold 20 GiB: two machines of them do not fit where 30 are free. */
function fillTemplates(saved: string): void {
  for (const file of filesBelow(saved).filter((name) => name.includes("-VirtualMachine-"))) {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll(/(<type>diskExtent<\/type>\s*<size>)\d+/g, `$1${String(20 * 2 ** 30)}`));
  }
}

test("takes no folder that is not wholly there, and no login without a permission", async () => {
  const incomplete = changedInventory(bare, "Datastore");
  rmSync(join(incomplete, readdirSync(incomplete).find((name) => name.includes("-Datastore-")) ?? "none"));
  const missing = await typed(["--saved", incomplete]);
  expect(missing).toMatchObject({ code: 2 });
  expect(missing.told).toMatch(/file \d{4} is missing of \d+: save the inventory once more/);
  const nobody = await typed(["--saved", bare, "--login", "nobody"]);
  expect(nobody).toMatchObject({ code: 2 });
  expect(nobody.told).toContain(`no permission of "nobody"`);
  const aimless = await typed(["--login", "nobody"]);
  expect(aimless.told).toContain("name one with --saved");
});
