import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { soakTest } from "../fixtures/soak";
import { planChanges, terraform } from "./plan-changes";
import { TestLab, editCity } from "./test-lab";
import type { Snapshot } from "./vcenter-snapshot";

/** One lab, one story: the tests run in their order and each stands on the one before. */
const SEATS = 2;
const MINUTE = 60_000;
const TECNICA = "milan-desktops-tecnica-01"; // dedicated, Windows
const REMOTE = "milan-desktops-smart-working-01"; // floating, Linux
/** One that every vCenter has. */
const POLICY = "storagePolicy: vSAN Default Storage Policy";
const LIBRARY = "library: desktop-images";
const DATA_DISK = ", dataDiskGib: 40";

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    // The floating pool's machines are cloned from an item of a content library, the others from a template.
    editCity(environments, "milan", "template: ubuntu-light-2026-11,", `template: ubuntu-light-2026-11, ${LIBRARY},`);
  });
  lab.edit("milan", ", dataDiskGib: 80", "");
  lab.edit(
    "milan",
    "memoryGib: 4, diskGib: 32",
    `memoryGib: 4, memoryReservationGib: 1, videoMemoryMib: 64, ${POLICY}, diskGib: 32${DATA_DISK}`,
  );
  await lab.deploy(["milan-foundation", "milan-network", TECNICA, REMOTE]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

type Machine = Snapshot["virtualMachines"][number];

async function machines(prefix: string): Promise<Machine[]> {
  return (await lab.snapshot("milan")).virtualMachines.filter(({ name }) => name.startsWith(prefix));
}

/** What the plans of stacks do, as the files are now, and then does it, after which nothing is left to do. */
async function deployed(...stacks: readonly string[]): Promise<string[]> {
  await lab.synth();
  const done: string[] = [];
  for (const stack of stacks) {
    const { changes } = await planChanges(lab.session, stack);
    await terraform(lab.session, stack, ["apply", "-input=false", "-no-color", "plan"]);
    expect((await planChanges(lab.session, stack)).changes).toEqual([]);
    done.push(...changes.map(({ actions }) => actions));
  }
  return done;
}

describe("a deployed workstation", () => {
  test(
    "has the hardware that its definition says, and its guest the name of its seat",
    async () => {
      const sizes = (all: Machine[]): unknown[] => all.map(({ disks }) => disks.map(({ gib }) => gib));
      const [windows, linux] = [await machines("mi-tec-"), await machines("mi-smw-")];
      expect(sizes([...windows, ...linux])).toEqual([[120], [120], [32, 40], [32, 40]]);
      expect(windows).toMatchObject([
        { memoryReservationMib: 24576, hostName: "mi-tec-0001" },
        { memoryReservationMib: 24576, hostName: "mi-tec-0002" },
      ]);
      const svga = { "svga.autodetect": "FALSE", "svga.vramSize": "67108864" };
      expect(linux).toMatchObject([
        { memoryReservationMib: 1024, svga, hostName: "mi-smw-0001" },
        { memoryReservationMib: 1024, svga, hostName: "mi-smw-0002" },
      ]);
    },
    MINUTE,
  );

  test(
    "is as its files say: a second plan changes nothing",
    async () => {
      const plans = [await planChanges(lab.session, TECNICA), await planChanges(lab.session, REMOTE)];
      expect(plans.map(({ changes }) => changes)).toEqual([[], []]);
    },
    MINUTE,
  );
});

describe("a workstation's reservation", () => {
  test(
    "changes in place, and its machine runs on",
    async () => {
      const running = ({ instanceUuid, bootTime, powerState }: Machine): unknown[] => [
        instanceUuid,
        bootTime,
        powerState,
      ];
      const before = await machines("mi-smw-");
      lab.edit("milan", "memoryReservationGib: 1,", "memoryReservationGib: 2,");
      expect(await deployed(REMOTE)).toEqual(["update", "update"]);
      const after = await machines("mi-smw-");
      expect(after.map(running)).toEqual(before.map(running));
      expect(after).toMatchObject([{ memoryReservationMib: 2048 }, { memoryReservationMib: 2048 }]);
    },
    2 * MINUTE,
  );
});

describe("a data disk", () => {
  const disks = async (prefix: string): Promise<string[][]> =>
    (await machines(prefix)).map((machine) => machine.disks.map(({ file }) => file));

  soakTest(
    "comes to a machine in place; when its line leaves the file a person's stays, and any other goes",
    async () => {
      const [persons, others] = [await disks("mi-tec-"), await disks("mi-smw-")];
      lab.edit("milan", "diskGib: 120", `diskGib: 120${DATA_DISK}`);
      expect(await deployed(TECNICA)).toEqual(["update", "update"]);
      const withData = await disks("mi-tec-");
      expect(withData).toEqual(persons.map((files) => [...files, expect.any(String)]));
      lab.edit("milan", new RegExp(DATA_DISK, "g"), "");
      expect(await deployed(TECNICA)).toEqual([]);
      expect(await deployed(REMOTE)).toEqual(["update", "update"]);
      expect(await disks("mi-tec-")).toEqual(withData);
      expect(await disks("mi-smw-")).toEqual(others.map(([system]) => [system]));
    },
    3 * MINUTE,
  );
});
