import type { ManagedObject } from "./managed-object";
import { Places } from "./places";
import type { VcenterClient } from "./vcenter-client";
import { child, childText } from "./xml";
import type { Element } from "./xml";

/** A machine of a wanted name, as far as its fate depends on it. */
export interface NamedMachine {
  /** Managed object id. */
  readonly id: string;
  /** Its name, in vCenter's letters. */
  readonly name: string;
  /** Inventory path below the datacenter's machine folder, with the name. */
  readonly path: string;
  /** BIOS UUID; empty while vCenter still makes it, or where this login does not see it. */
  readonly uuid: string;
  readonly isTemplate: boolean;
  readonly isOn: boolean;
  /** Whether a task of its own is queued or runs. */
  readonly isBusy: boolean;
  readonly hasSnapshot: boolean;
  /** Whether it has a custom attribute or guestinfo of this toolkit: a holder, or a first secret. */
  readonly isMarked: boolean;
  /** What vCenter's events tell of it since it was made. @default - they do not reach back to that */
  readonly history?: MachineHistory | undefined;
}

/** What happened to a machine since it was made. */
export interface MachineHistory {
  /** Name of the template or machine that it was cloned from. */
  readonly source: string;
  /** Whether it was ever started. */
  readonly wasStarted: boolean;
  /** Whether the customization of its guest succeeded. */
  readonly isCustomized: boolean;
}

/** vSphere Web Services API: a clone of a machine is told as VmClonedEvent, one of a template as VmDeployedEvent. */
const SOURCES: Readonly<Record<string, string>> = { VmClonedEvent: "sourceVm", VmDeployedEvent: "srcTemplate" };
const STARTED = ["VmStartingEvent", "VmPoweredOnEvent", "DrsVmPoweredOnEvent", "VmResumingEvent", "VmResettingEvent"];
const CUSTOMIZED = "CustomizationSucceeded";
const EVENTS = [...Object.keys(SOURCES), ...STARTED, CUSTOMIZED];

const PLACES = { Folder: ["name", "parent"], Datacenter: ["name", "parent"], VirtualApp: ["name", "parent"] };
const MACHINE = "VirtualMachine";
const FACTS = [
  "config.uuid",
  "config.template",
  "config.extraConfig",
  "runtime.powerState",
  "snapshot",
  "recentTask",
  "customValue",
];
const TASK_STATES = ["queued", "running"];
const OWN_GUESTINFO = "guestinfo.postazioni.";

/** What a vCenter is asked. */
type Asked = Pick<VcenterClient, "objects" | "properties" | "events">;

/**
 * The machines and templates of a datacenter whose name is one of these in any letters, as the domain compares computers.
 * @param names in lower case
 * @throws VcenterError with vCenter's reason
 */
export async function machinesNamed(
  client: Asked,
  datacenter: string,
  names: ReadonlySet<string>,
): Promise<NamedMachine[]> {
  const objects = await client.objects({ ...PLACES, [MACHINE]: ["name", "parent", "parentVApp"] });
  const places = new Places(objects);
  const found = objects.filter(
    (object) =>
      object.type === MACHINE && names.has(object.name.toLowerCase()) && places.datacenter(object) === datacenter,
  );
  const facts = new Map(
    (
      await client.properties(
        MACHINE,
        found.map(({ id }) => id),
        FACTS,
      )
    ).map((object) => [object.id, object]),
  );
  const machines: NamedMachine[] = [];
  for (const object of found) machines.push(await named(client, object.with(facts.get(object.id) ?? object), places));
  return machines;
}

async function named(client: Asked, object: ManagedObject, places: Places): Promise<NamedMachine> {
  const settings = object.items("config.extraConfig").map((one) => childText(one, "key") ?? "");
  const tasks = await client.properties("Task", object.texts("recentTask"), ["info.state"]);
  return {
    ...{ id: object.id, name: object.name, path: places.path(object), uuid: object.text("config.uuid") ?? "" },
    isTemplate: object.text("config.template") === "true",
    isOn: object.text("runtime.powerState") !== "poweredOff",
    isBusy: tasks.some((task) => TASK_STATES.includes(task.text("info.state") ?? "")),
    hasSnapshot: object.at("snapshot") !== undefined,
    isMarked: object.items("customValue").length > 0 || settings.some((key) => key.startsWith(OWN_GUESTINFO)),
    history: historyOf(await client.events(object.id, EVENTS)),
  };
}

function historyOf(events: readonly Element[]): MachineHistory | undefined {
  const made = events.find(({ type = "" }) => type in SOURCES);
  if (made === undefined) return undefined;
  const happened = events.map(({ type = "" }) => type);
  return {
    source: childText(child(made, SOURCES[made.type ?? ""] ?? ""), "name") ?? "",
    wasStarted: happened.some((type) => STARTED.includes(type)),
    isCustomized: happened.includes(CUSTOMIZED),
  };
}
