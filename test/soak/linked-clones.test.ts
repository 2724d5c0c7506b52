import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PreflightReport } from "../../preflight/preflight";
import { endOf, startCommand } from "../fixtures/command";
import { planChanges, terraform } from "../lab/plan-changes";
import { TestLab, editCity } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const SEATS = 6;
const STACK = "milan-desktops-smart-working-01";
const TEMPLATE = "ubuntu-light-2026-11";
/** The one of the second cluster, whose hosts do not reach the first one's datastore. */
const OWN = "ubuntu-light-b";
const BASES: Readonly<Record<string, string>> = {
  "milano-vdi-a": `[vsan-vdi-a] ${TEMPLATE}/${TEMPLATE}.vmdk`,
  "milano-vdi-b": `[vsan-vdi-b] ${OWN}/${OWN}.vmdk`,
};
const CLUSTERS = `clusters: [{ cluster: milano-vdi-b, template: ${OWN}, snapshot: base }]`;
const SPREAD = "spread: [{ cluster: milano-vdi-a, weight: 1 }, { cluster: milano-vdi-b, weight: 1 }]";

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    editCity(environments, "milan", "diskGib: 24", "diskGib: 32");
    editCity(environments, "milan", `template: ${TEMPLATE},`, `template: ${TEMPLATE}, snapshot: base, ${CLUSTERS},`);
    editCity(environments, "milan", "    code: smw\n", "    code: smw\n    clone: linked\n");
    editCity(
      environments,
      "milan",
      "cluster: milano-vdi-b\n    segment: desktops-smart-working",
      `${SPREAD}\n    segment: desktops-smart-working`,
    );
  });
  await lab.deploy(["milan-foundation", "milan-network", STACK]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** Each machine's cluster, and the parent of its system disk. */
async function machines(): Promise<{ cluster: string; parent: string | undefined }[]> {
  const { virtualMachines } = await lab.snapshot("milan");
  return virtualMachines
    .filter(({ name }) => name.startsWith("mi-smw-"))
    .map(({ datastores: [store], disks: [disk] }) => ({
      cluster: store === "vsan-vdi-a" ? "milano-vdi-a" : "milano-vdi-b",
      parent: disk?.parent,
    }));
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
  "linked clones have the disk of their cluster's template as parent, and a second plan changes nothing",
  async () => {
    const made = await machines();
    expect(made.map(({ parent }) => parent)).toEqual(made.map(({ cluster }) => BASES[cluster]));
    expect(new Set(made.map(({ cluster }) => cluster)).size).toBe(2);
    expect((await planChanges(lab.session, STACK)).changes).toEqual([]);
  },
  5 * MINUTE,
);

test(
  "a template whose snapshot has another name, or that lies elsewhere, is told before",
  async () => {
    expect(await preflight()).toEqual([]);
    lab.edit("milan", "snapshot: base, clusters", "snapshot: basis, clusters");
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
    expect(stdout).toMatch(/; 6 seats replaced;.*clone/s);
    await lab.synth();
    const { changes } = await planChanges(lab.session, STACK);
    expect(changes.map(({ actions }) => actions)).toEqual(Array.from({ length: SEATS }, () => "delete create"));
    await terraform(lab.session, STACK, ["apply", "-input=false", "-no-color", "plan"]);
    expect((await machines()).flatMap(({ parent }) => parent ?? [])).toEqual([]);
    expect((await planChanges(lab.session, STACK)).changes).toEqual([]);
  },
  10 * MINUTE,
);
