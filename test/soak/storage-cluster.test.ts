import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PreflightReport } from "../../preflight/preflight";
import { endOf, startCommand } from "../fixtures/command";
import { ByHand } from "../lab/by-hand";
import { planChanges, terraform } from "../lab/plan-changes";
import { TestLab, editCity } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const SEATS = 4;
const STACK = "milan-desktops-smart-working-01";
const MEMBERS = ["lun-b1", "lun-b2"];
const STORAGE = `    - { name: luns-b, cluster: milano-vdi-b, members: [${MEMBERS.join(", ")}] }`;
/** The lab's own provider, 1.26.0, plans the move to a storage cluster and does nothing; others are named for the tests. */
const MOVES_THERE = process.env.POSTAZIONI_TEST_PROVIDERS !== undefined;
const FIRST = "mi-smw-0001";

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    editCity(environments, "milan", /^(.* name: vsan-vdi-b,.*)$/m, `$1\n${STORAGE}`);
    editCity(environments, "milan", "    code: smw\n", "    code: smw\n    datastore: luns-b\n");
  });
  await lab.deploy(["milan-foundation", "milan-network", STACK]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** The datastore of each machine, by its name. */
async function stores(): Promise<Map<string, string | undefined>> {
  const { virtualMachines } = await lab.snapshot("milan");
  const own = virtualMachines.filter(({ name }) => name.startsWith("mi-smw-"));
  return new Map(own.map(({ name, datastores: [store] }) => [name, store]));
}

async function changes(): Promise<number> {
  await lab.synth();
  return (await planChanges(lab.session, STACK)).changes.length;
}

test(
  "Storage DRS places machines on members of the storage cluster, and a second plan changes nothing",
  async () => {
    const placed = [...(await stores()).values()];
    expect(placed.length).toBe(SEATS);
    expect(placed.filter((store) => !MEMBERS.includes(store ?? ""))).toEqual([]);
    expect(await changes()).toBe(0);
  },
  5 * MINUTE,
);

test(
  "a machine that Storage DRS moves to another member stays there, and is no drift",
  async () => {
    const from = (await stores()).get(FIRST);
    const to = MEMBERS.find((member) => member !== from) ?? "";
    const hand = await ByHand.logIn(lab.session, "milan");
    const path = `Milano/vm/milan/risorse-umane/smart-working/${FIRST}`;
    await hand.relocate(path, { datastore: join("Milano/datastore/luns-b", to) });
    hand.close();
    expect((await stores()).get(FIRST)).toBe(to);
    expect(await changes()).toBe(0);
    const { told } = await typedInLab(lab, "drift", ["milan"]);
    expect(told).not.toContain(FIRST);
  },
  5 * MINUTE,
);

test(
  "the machines of a pool that leaves the storage cluster, or goes there, are moved with their disks and not replaced",
  async () => {
    lab.edit("milan", "    datastore: luns-b\n", "    datastore: vsan-vdi-b\n");
    await lab.synth();
    const away = await planChanges(lab.session, STACK);
    expect(away.changes.map(({ actions }) => actions)).toEqual(Array.from({ length: SEATS }, () => "update"));
    await terraform(lab.session, STACK, ["apply", "-input=false", "-no-color", "plan"]);
    expect(new Set((await stores()).values())).toEqual(new Set(["vsan-vdi-b"]));
    lab.edit("milan", "    datastore: vsan-vdi-b\n", "    datastore: luns-b\n");
    if (!MOVES_THERE) return;
    expect(await changes()).toBe(SEATS);
    await terraform(lab.session, STACK, ["apply", "-input=false", "-no-color", "plan"]);
    expect([...(await stores()).values()].filter((store) => !MEMBERS.includes(store ?? ""))).toEqual([]);
    expect(await changes()).toBe(0);
  },
  10 * MINUTE,
);

test(
  "a preflight finds the storage cluster with its members, and tells one that the file leaves out",
  async () => {
    const held = async (): Promise<string[]> => {
      const args = ["preflight", "milan", "--format", "json", "--environments", lab.environments];
      const { out, err } = await endOf(startCommand(args, lab.session.environment("milan")));
      if (out === "") throw new Error(err);
      const { findings } = JSON.parse(out) as PreflightReport;
      return findings.map(({ message }) => message).filter((line) => !line.includes("getaddrinfo"));
    };
    expect(await held()).toEqual([]);
    lab.edit("milan", "members: [lun-b1, lun-b2]", "members: [lun-b1]");
    expect(await held()).toEqual(['"luns-b" has 1 datastore that the file leaves out: "lun-b2"']);
  },
  5 * MINUTE,
);
