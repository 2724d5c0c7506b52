import { expect, test } from "@jest/globals";
import { ManagedObject } from "../../vcenter/managed-object";
import { machinesNamed } from "../../vcenter/stray-machines";
import type { NamedMachine } from "../../vcenter/stray-machines";
import { parseXml } from "../../vcenter/xml";

interface Told {
  /** XML of properties by their paths, beside its name and place. */
  readonly properties?: Readonly<Record<string, string>>;
  /** XML of its events. */
  readonly events?: string;
  /** States of its tasks. */
  readonly tasks?: readonly string[];
}

const UUID = { "config.uuid": "42", "config.template": "false", "runtime.powerState": "poweredOff" };

function object(type: string, id: string, properties: Readonly<Record<string, string>>): ManagedObject {
  const sets = Object.entries(properties).map(
    ([name, value]) => `<propSet><name>${name}</name><val>${value}</val></propSet>`,
  );
  return ManagedObject.of(parseXml(`<objects><obj type="${type}">${id}</obj>${sets.join("")}</objects>`));
}

/** Of a vCenter with one machine "CT-TEC-0001" in Catania and one in another datacenter what is told of the first. */
async function told({ properties = {}, events = "", tasks = [] }: Told): Promise<NamedMachine[]> {
  const all = [
    object("Datacenter", "dc-1", { name: "Catania", parent: "root" }),
    object("Datacenter", "dc-2", { name: "Altrove", parent: "root" }),
    object("Folder", "vm-folder", { name: "vm", parent: "dc-1" }),
    object("Folder", "pool", { name: "tecnica", parent: "vm-folder" }),
    object("Folder", "other-folder", { name: "vm", parent: "dc-2" }),
    object("VirtualMachine", "vm-1", { name: "CT-TEC-0001", parent: "pool" }),
    object("VirtualMachine", "vm-2", { name: "ct-tec-0001", parent: "other-folder" }),
    object("VirtualMachine", "vm-3", { name: "win11", parent: "vm-folder" }),
  ];
  const recentTask = tasks.map((_, index) => `<ManagedObjectReference>task-${String(index)}</ManagedObjectReference>`);
  const client = {
    objects: () => Promise.resolve(all),
    properties: (type: string, ids: readonly string[]) =>
      Promise.resolve(
        type === "Task"
          ? tasks.map((state, index) => object("Task", `task-${String(index)}`, { "info.state": state }))
          : ids.map((id) => object(type, id, { ...UUID, ...properties, recentTask: recentTask.join("") })),
      ),
    events: () => Promise.resolve(parseXml(`<events>${events}</events>`).children),
  };
  return machinesNamed(client, "Catania", new Set(["ct-tec-0001"]));
}

const NAMESPACE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

function event(type: string, more = ""): string {
  return `<returnval ${NAMESPACE} xsi:type="${type}"><key>1</key>${more}</returnval>`;
}

const DEPLOYED = event("VmDeployedEvent", "<srcTemplate><name>win11</name><vm>vm-3</vm></srcTemplate>");

test("a machine of a name in any letters is told, of the one datacenter, with its path", async () => {
  expect(await told({ events: DEPLOYED })).toEqual([
    {
      ...{ id: "vm-1", name: "CT-TEC-0001", path: "tecnica/CT-TEC-0001", uuid: "42" },
      ...{ isTemplate: false, isOn: false, isBusy: false, hasSnapshot: false, isMarked: false },
      history: { source: "win11", wasStarted: false, isCustomized: false },
    },
  ]);
});

test("its history is that of a clone of a template or of a machine, and none where its making is not told", async () => {
  const cloned = event("VmClonedEvent", "<sourceVm><name>gold</name><vm>vm-3</vm></sourceVm>");
  const [ofMachine] = await told({ events: `${cloned}${event("VmPoweredOnEvent")}${event("CustomizationSucceeded")}` });
  expect(ofMachine?.history).toEqual({ source: "gold", wasStarted: true, isCustomized: true });
  const [older] = await told({ events: event("VmPoweredOnEvent") });
  expect(older?.history).toBeUndefined();
});

test.each(["VmStartingEvent", "DrsVmPoweredOnEvent", "VmResumingEvent", "VmResettingEvent"])(
  "%s is a start",
  async (type) => {
    const [machine] = await told({ events: DEPLOYED + event(type) });
    expect(machine?.history?.wasStarted).toBe(true);
  },
);

test.each<[string, Told, Partial<NamedMachine>]>([
  [
    "a custom attribute",
    { properties: { customValue: "<CustomFieldValue><key>1</key></CustomFieldValue>" } },
    { isMarked: true },
  ],
  [
    "a first secret",
    { properties: { "config.extraConfig": "<OptionValue><key>guestinfo.postazioni.seat</key></OptionValue>" } },
    { isMarked: true },
  ],
  [
    "a setting of vCenter's",
    { properties: { "config.extraConfig": "<OptionValue><key>nvram</key></OptionValue>" } },
    { isMarked: false },
  ],
  ["a snapshot", { properties: { snapshot: "<currentSnapshot>s-1</currentSnapshot>" } }, { hasSnapshot: true }],
  ["a task that waits", { tasks: ["success", "queued"] }, { isBusy: true }],
  ["tasks that are done", { tasks: ["success", "error"] }, { isBusy: false }],
  ["power", { properties: { "runtime.powerState": "poweredOn" } }, { isOn: true }],
  ["a suspended guest", { properties: { "runtime.powerState": "suspended" } }, { isOn: true }],
  ["no settings yet", { properties: { "config.uuid": "" } }, { uuid: "" }],
])("%s is told", async (_, seen, expected) => {
  expect(await told(seen)).toMatchObject([expected]);
});
