import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { DriftReport } from "../../preview/drift-report";
import type { PreviewReport } from "../../preview/report";
import { ByHand } from "../lab/by-hand";
import { GROWN_GIB, LEFT, SET_BACK } from "../lab/others-changes";
import { planChanges, terraform } from "../lab/plan-changes";
import { TestLab, editCity, withoutPools } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import type { Snapshot } from "../lab/vcenter-snapshot";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const ALL = [...LEFT, ...SET_BACK];
const POOLS = [
  { stack: "milan-desktops-anagrafe-01", code: "ana", folder: "servizi-civici/anagrafe" },
  { stack: "milan-desktops-smart-working-01", code: "smw", folder: "risorse-umane/smart-working" },
] as const;
const [DEDICATED, FLOATING] = POOLS;
const STORE = "    - { name: vsan-vdi-a, cluster: milano-vdi-a, capacityGib: 300000, overcommit: 2 }\n";

/** The lab's own provider, 1.26.0, reads no power; others are named for the tests. */
const READS_POWER = process.env.POSTAZIONI_TEST_PROVIDERS !== undefined;
const UNTOLD = READS_POWER ? /host|second|settings/ : /host|second|settings|switched|suspended/;
const TOLD = LEFT.map(({ what }) => what).filter((what) => !UNTOLD.test(what));

type Pool = (typeof POOLS)[number];
type Machine = Snapshot["virtualMachines"][number];

const ATTRIBUTE = "custom attributes of others";

let othersAttribute = 0;
let lab: TestLab;
let hand: ByHand;

beforeAll(async () => {
  lab = await TestLab.start(ALL.length, (environments) => {
    withoutPools(environments, ["educazione", "polizia-locale", "sala-operativa"]);
    editCity(environments, "milan", STORE, `${STORE}${STORE.replace("vsan-vdi-a", "vsan-vdi-a2")}`);
    editCity(
      environments,
      "milan",
      "cluster: milano-vdi-b\n    segment: desktops-smart",
      "cluster: milano-vdi-a\n    segment: desktops-smart",
    );
  });
  await lab.deploy(["milan-foundation", "milan-network", ...POOLS.map(({ stack }) => stack)]);
  hand = await ByHand.logIn(lab.session, "milan");
}, 30 * MINUTE);

afterAll(async () => {
  hand.close();
  await lab.stop();
}, MINUTE);

function seat({ code }: Pool, what: string): string {
  const number = ALL.findIndex((change) => change.what === what) + 1;
  return `mi-${code}-${String(number).padStart(4, "0")}`;
}

/** What Terraform's own plan of a stack would do, by seat. */
async function planned(stack: string): Promise<Record<string, string>> {
  await lab.synth();
  const { changes } = await planChanges(lab.session, stack);
  return Object.fromEntries(changes.map(({ type, key, actions }) => [key ?? type, actions]));
}

async function machine(pool: Pool, what: string): Promise<Machine | undefined> {
  const { virtualMachines } = await lab.snapshot("milan");
  return virtualMachines.find(({ name }) => name === seat(pool, what));
}

function path(pool: Pool, what: string): string {
  return `Milano/vm/milan/${pool.folder}/${seat(pool, what)}`;
}

/** With a holder Terraform's own plan clears another's attribute until the file names it. */
async function declareAttribute(): Promise<void> {
  expect(await planned(DEDICATED.stack)).toMatchObject({ [seat(DEDICATED, ATTRIBUTE)]: "update" });
  lab.edit("milan", "datacenter: Milano }", `datacenter: Milano, othersAttributes: [${String(othersAttribute)}] }`);
}

describe.each([DEDICATED, FLOATING])("what others did to machines of $stack", (pool) => {
  test(
    "is neither undone by its plan, nor stops it: only names and datastores, which the file decides, are set back",
    async () => {
      for (const { what, make } of ALL) {
        const made = await make(hand, path(pool, what));
        if (pool === DEDICATED && what === ATTRIBUTE) othersAttribute = Number(made);
      }
      if (pool === DEDICATED) await declareAttribute();
      const back = SET_BACK.map(({ what }) => [seat(pool, what), "update"]);
      expect(await planned(pool.stack)).toEqual(Object.fromEntries(back));
    },
    5 * MINUTE,
  );
});

test(
  "a preview leaves another's attribute alone that the file does not name, beside the holder's own",
  async () => {
    lab.edit("milan", `, othersAttributes: [${String(othersAttribute)}]`, "");
    const { stdout, told } = await typedInLab(lab, "preview", ["milan", "--format", "json"]);
    if (stdout === "") throw new Error(told);
    const { stacks } = JSON.parse(stdout) as PreviewReport;
    const seats = stacks.find(({ stack }) => stack === DEDICATED.stack)?.changes.map(({ key }) => key);
    expect(seats).toEqual(SET_BACK.map(({ what }) => seat(DEDICATED, what)));
    lab.edit("milan", "datacenter: Milano }", `datacenter: Milano, othersAttributes: [${String(othersAttribute)}] }`);
  },
  5 * MINUTE,
);

test(
  "what others did is told in words by the report on drift, apart from what the next deployment sets back",
  async () => {
    const { code, stdout, told } = await typedInLab(lab, "drift", ["milan", "--format", "json"]);
    if (stdout === "") throw new Error(told);
    const { stacks } = JSON.parse(stdout) as DriftReport;
    expect(code).toBe(2);
    for (const pool of POOLS) {
      const { drift = [], others = [] } = stacks.find(({ stack }) => stack === pool.stack) ?? {};
      const back = SET_BACK.map(({ what }) => [seat(pool, what), [what]]);
      expect(drift.map(({ key, attributes }) => [key, attributes])).toEqual(back);
      const seen = others.filter(({ what }) => !what.includes("it runs on another host"));
      expect(seen.map(({ key, what }) => [key, what])).toEqual(TOLD.map((what) => [seat(pool, what), [what]]));
      expect(others.map(({ key }) => key)).toContain(seat(pool, "it runs on another host"));
    }
  },
  5 * MINUTE,
);

test(
  "what others did stays through a change of the machines, and the plan after it has no change",
  async () => {
    lab.edit("milan", "memoryGib: 8, diskGib: 80 }", "memoryGib: 8, memoryReservationGib: 1, diskGib: 80 }");
    lab.edit("milan", "memoryGib: 4, diskGib: 32 }", "memoryGib: 4, memoryReservationGib: 1, diskGib: 32 }");
    if (READS_POWER) await expectStarts();
    for (const pool of POOLS) await hand.call("PowerOnVM_Task", "VirtualMachine", path(pool, "it is suspended"));
    for (const { stack } of POOLS) {
      expect(Object.keys(await planned(stack))).toHaveLength(ALL.length);
      await terraform(lab.session, stack, ["apply", "-input=false", "-no-color", "plan"]);
      expect(await planned(stack)).toEqual({});
    }
    for (const pool of POOLS) {
      expect(await machine(pool, "tags of others")).toMatchObject({
        memoryReservationMib: 1024,
        tags: expect.arrayContaining([
          `backup ${path(pool, "tags of others")}:daily`,
          expect.stringMatching(/^milan-project:/),
        ]),
      });
      const attribute = `backup ${path(pool, "custom attributes of others")}`;
      const attributes = (await machine(pool, "custom attributes of others"))?.customAttributes;
      expect(attributes).toMatchObject({ [attribute]: "Success" });
      expect(await machine(pool, "its note")).toMatchObject({ annotation: "backed up" });
      expect((await machine(pool, "the size of disk0"))?.disks).toMatchObject([{ gib: GROWN_GIB }]);
      expect((await machine(pool, "a second disk"))?.disks).toHaveLength(2);
      const devices = await hand.devices(path(pool, "its CD-ROM drive"));
      expect(devices.map(({ type }) => type)).toContain("VirtualCdrom");
    }
  },
  10 * MINUTE,
);

/** The preview names who is started: the provider starts every machine that it changes. */
async function expectStarts(): Promise<void> {
  const { stdout } = await typedInLab(lab, "preview", ["milan", "--format", "json"]);
  const { pools } = JSON.parse(stdout) as PreviewReport;
  const started = pools.flatMap(({ seats }) => seats.filter(({ startedFrom }) => startedFrom !== undefined));
  expect(started.map(({ seat: name, startedFrom }) => [name, startedFrom])).toEqual(
    POOLS.flatMap((pool) => [
      [seat(pool, "it is switched off"), "off"],
      [seat(pool, "it is suspended"), "suspended"],
    ]),
  );
}

test(
  "tags of others on folders and pools of machines, port groups and the switch stay too",
  async () => {
    const objects = {
      Folder: "Milano/vm/milan/servizi-civici",
      ResourcePool: "Milano/host/milano-vdi-a/Resources/milan-anagrafe",
      DistributedVirtualPortgroup: "Milano/network/desktops-anagrafe",
      VmwareDistributedVirtualSwitch: "Milano/network/dvs-vdi-milano",
    };
    await hand.tag(objects, "veeam", "gold");
    expect(await planned("milan-foundation")).toEqual({});
    expect(await planned("milan-network")).toEqual({});
  },
  5 * MINUTE,
);

test(
  "a disk that is to grow grows, and one that somebody made larger is named where the plan fails",
  async () => {
    lab.edit("milan", "memoryReservationGib: 1, diskGib: 32 }", "memoryReservationGib: 1, diskGib: 40 }");
    expect(await planned(FLOATING.stack)).toEqual({});
    lab.edit("milan", "    segment: desktops-smart", "    growDisks: true\n    segment: desktops-smart");
    await expect(planned(FLOATING.stack)).rejects.toThrow(/cannot be shrunk \(old: 120 new: 40\)/);
  },
  5 * MINUTE,
);
