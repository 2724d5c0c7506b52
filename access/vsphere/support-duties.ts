/** A task of assistance in vCenter. */
export const SUPPORT_TASKS = [
  "power",
  "console",
  "suspend",
  "isolate",
  "snapshot",
  "snapshot-revert",
  "snapshot-remove",
  "media",
  "migrate",
] as const;

/** @see SUPPORT_TASKS */
export type SupportTask = (typeof SUPPORT_TASKS)[number];

/** A kind of object that permissions of assistance are on. */
export const SUPPORT_PLACES = ["machines", "resource-pool", "datastore", "cluster", "port-group"] as const;

/** @see SUPPORT_PLACES */
export type SupportPlace = (typeof SUPPORT_PLACES)[number];

/** What somebody is there for in the assistance of a city. */
export const SUPPORT_DUTIES = [
  "help-desk",
  "desktop-team",
  "network-team",
  "security",
  "auditor",
  "monitoring",
] as const;

/** @see SUPPORT_DUTIES */
export type SupportDuty = (typeof SUPPORT_DUTIES)[number];

/** What a duty may do with some machines and what they are on. */
export interface DutyGrant {
  /** Its tasks. */
  readonly tasks: readonly SupportTask[];
  /** What it only reads, besides what its tasks are done on. */
  readonly reads: readonly SupportPlace[];
}

/** A duty: what it may do with desktops, and with gateways and access machines. */
export interface DutyTable {
  /** @default - it has nothing to do with desktops */
  readonly pools?: DutyGrant;
  /** Access machines too. @default - it has nothing to do with gateways */
  readonly gateways?: DutyGrant;
}

/**
 * vSphere's privileges for each task, by the kind of object on which they are asked. From "vSphere Security" 8.0, "Defined
 * Privileges" (virtual machine interaction, snapshot management, resource), and for the datastore of a snapshot from its
 * "Required Privileges for Common Tasks": what consumes storage needs Datastore.AllocateSpace, a snapshot too. That table also
 * asks VirtualMachine.Interact.PowerOn on the datacenter, where "vSphere Web Services API" 8.0.2 asks System.View alone
 * (PowerOnMultiVM_Task): docs/field.md. To isolate is to take the connection of a running machine's network adapter away:
 * ReconfigVM_Task of the same reference asks VirtualMachine.Interact.DeviceConnection for "the runtime connection state of a
 * device". A connection that stays away when the machine starts again is a setting (VirtualMachine.Config.EditDevice), and
 * another port group also takes Network.Assign: with these a machine could be put into any segment, so nobody has them.
 */
export const TASK_PRIVILEGES: Readonly<Record<SupportTask, Partial<Record<SupportPlace, readonly string[]>>>> = {
  power: {
    machines: ["VirtualMachine.Interact.PowerOff", "VirtualMachine.Interact.PowerOn", "VirtualMachine.Interact.Reset"],
  },
  console: { machines: ["VirtualMachine.Interact.ConsoleInteract"] },
  suspend: { machines: ["VirtualMachine.Interact.Suspend"] },
  isolate: { machines: ["VirtualMachine.Interact.DeviceConnection"] },
  snapshot: { machines: ["VirtualMachine.State.CreateSnapshot"], datastore: ["Datastore.AllocateSpace"] },
  "snapshot-revert": { machines: ["VirtualMachine.State.RevertToSnapshot"] },
  "snapshot-remove": { machines: ["VirtualMachine.State.RemoveSnapshot"] },
  media: { machines: ["VirtualMachine.Interact.DeviceConnection", "VirtualMachine.Interact.SetCDMedia"] },
  migrate: { machines: ["Resource.ColdMigrate", "Resource.HotMigrate"] },
};

/** What each task does to a machine, one line. */
export const TASK_REASONS: Readonly<Record<SupportTask, string>> = {
  power: "Machines are switched on and off, and reset.",
  console: "A machine's console, where a person cannot log in.",
  suspend: "A machine stops at once with its memory: it neither runs nor is on the network.",
  isolate: "A running machine's network adapter is disconnected, and it goes on; once it starts again it is connected.",
  snapshot: "A machine's state is kept before it is repaired or looked into; its files take space of the datastore.",
  "snapshot-revert": "A machine goes back to a kept state.",
  "snapshot-remove": "Kept states go: they grow until the datastore is full.",
  media: "A CD image for repairs, and its connection; the same privilege disconnects a network adapter.",
  migrate: "Machines go to another host or datastore, on or off.",
};

const EVERYTHING: DutyGrant = { tasks: [], reads: ["machines", "resource-pool", "datastore", "port-group"] };
const MONITORED: DutyGrant = { tasks: [], reads: [...EVERYTHING.reads, "cluster"] };

/** What each duty may do. Nobody changes what a city's file says: that is the deployment's. */
export const DUTIES: Readonly<Record<SupportDuty, DutyTable>> = {
  "help-desk": { pools: { tasks: ["power", "console", "snapshot", "snapshot-revert"], reads: [] } },
  "desktop-team": {
    pools: {
      tasks: [
        "power",
        "console",
        "suspend",
        "isolate",
        "snapshot",
        "snapshot-revert",
        "snapshot-remove",
        "media",
        "migrate",
      ],
      reads: ["resource-pool", "datastore", "port-group"],
    },
  },
  "network-team": {
    pools: { tasks: [], reads: ["port-group"] },
    gateways: { tasks: ["power", "console"], reads: ["resource-pool", "port-group"] },
  },
  security: {
    pools: { tasks: ["suspend", "isolate", "snapshot"], reads: ["port-group"] },
    gateways: { tasks: [], reads: ["machines", "port-group"] },
  },
  auditor: { pools: EVERYTHING, gateways: EVERYTHING },
  monitoring: { pools: MONITORED, gateways: MONITORED },
};

/** The tasks of a duty, on desktops or gateways, each once. */
export function tasksOf(duty: SupportDuty): SupportTask[] {
  const { pools, gateways } = DUTIES[duty];
  return [...new Set([...(pools?.tasks ?? []), ...(gateways?.tasks ?? [])])];
}

/** The tasks that ask for a privilege on a kind of object, in the order given. */
export function tasksThatAsk(tasks: readonly SupportTask[], place: SupportPlace, privilege: string): SupportTask[] {
  return tasks.filter((task) => TASK_PRIVILEGES[task][place]?.includes(privilege) === true);
}

/** The privileges of tasks on a kind of object, each once, sorted; none where they need none there. */
export function taskPrivileges(tasks: readonly SupportTask[], place: SupportPlace): string[] {
  return [...new Set(tasks.flatMap((task) => TASK_PRIVILEGES[task][place] ?? []))].sort();
}
