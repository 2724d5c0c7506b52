import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PreflightReport } from "../../preflight/preflight";
import { endOf, startCommand } from "../fixtures/command";
import { planChanges, terraform } from "../lab/plan-changes";
import { TestLab, editCity } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const SEATS = 2;
const STACK = "milan-desktops-smart-working-01";
const TEMPLATE = "ubuntu-light-2026-11";
const BASE = `[vsan-vdi-b] ${TEMPLATE}/${TEMPLATE}.vmdk`;

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    editCity(environments, "milan", "diskGib: 24", "diskGib: 32");
    editCity(environments, "milan", `template: ${TEMPLATE},`, `template: ${TEMPLATE}, snapshot: base,`);
    editCity(environments, "milan", "    code: smw\n", "    code: smw\n    clone: linked\n");
  });
  await lab.deploy(["milan-foundation", "milan-network", STACK]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** The parents of the machines' system disks. */
async function parents(): Promise<(string | undefined)[]> {
  const { virtualMachines } = await lab.snapshot("milan");
  return virtualMachines.filter(({ name }) => name.startsWith("mi-smw-")).map(({ disks }) => disks[0]?.parent);
}

async function preflight(): Promise<string[]> {
  const args = ["preflight", "milan", "--format", "json", "--environments", lab.environments];
  const { out, err } = await endOf(startCommand(args, lab.session.environment("milan")));
  if (out === "") throw new Error(err);
  const { findings } = JSON.parse(out) as PreflightReport;
  // The file's own directory is a name that nobody answers to.
  return findings.map(({ at, message }) => `${at}: ${message}`).filter((line) => !line.includes("getaddrinfo"));
}

test(
  "linked clones have their template's disk as parent, and a second plan changes nothing",
  async () => {
    expect(await parents()).toEqual([BASE, BASE]);
    expect((await planChanges(lab.session, STACK)).changes).toEqual([]);
  },
  5 * MINUTE,
);

test(
  "a template whose snapshot has another name, or that lies elsewhere, is told before",
  async () => {
    expect(await preflight()).toEqual([]);
    lab.edit("milan", "snapshot: base", "snapshot: basis");
    expect(await preflight()).toEqual([
      expect.stringMatching(/\.snapshot: "ubuntu-light-2026-11" has the snapshot "base"$/),
    ]);
    lab.edit("milan", "snapshot: basis", "snapshot: base");
  },
  5 * MINUTE,
);

test(
  "a pool that gets full clones has its machines replaced, and the preview says so",
  async () => {
    lab.edit("milan", "    clone: linked\n", "    clone: full\n");
    const { stdout } = await typedInLab(lab, "preview", ["milan"]);
    expect(stdout).toMatch(/; 2 seats replaced;.*clone/s);
    await lab.synth();
    const { changes } = await planChanges(lab.session, STACK);
    expect(changes.map(({ actions }) => actions)).toEqual(["delete create", "delete create"]);
    await terraform(lab.session, STACK, ["apply", "-input=false", "-no-color", "plan"]);
    expect(await parents()).toEqual([undefined, undefined]);
    expect((await planChanges(lab.session, STACK)).changes).toEqual([]);
  },
  10 * MINUTE,
);
