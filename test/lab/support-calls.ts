import type { LabSession } from "../../lab/session";
import { ByHand } from "./by-hand";

/** What came of a call: done, refused for want of a privilege, or what else failed. */
export type Outcome = "done" | "refused" | (string & {});

/** A call on a machine, and what an administrator does before it. */
interface Call {
  readonly method: string;
  /** Its name in a table, where there are several of one method. @default - the method */
  readonly name?: string;
  /** What the administrator calls first, so that it can succeed. */
  readonly first?: readonly string[];
  readonly content?: string;
}

const SNAPSHOT = "<name>trial</name><memory>false</memory><quiesce>false</quiesce>";
const ON = ["PowerOnVM_Task"];
const NO_PERMISSION = "Permission to perform this operation was denied";

/** What is tried on a machine: what some duty may do, and what none may. */
const MACHINE_CALLS: readonly Call[] = [
  { method: "PowerOffVM_Task", first: ON },
  { method: "PowerOnVM_Task", first: ["PowerOffVM_Task"] },
  { method: "ResetVM_Task", first: ON },
  { method: "SuspendVM_Task", first: ON },
  { method: "AcquireTicket", first: ON, content: "<ticketType>webmks</ticketType>" },
  { method: "CreateSnapshot_Task", content: SNAPSHOT },
  { method: "RevertToCurrentSnapshot_Task", first: ["CreateSnapshot_Task"] },
  { method: "RemoveAllSnapshots_Task" },
  { method: "ReconfigVM_Task", name: "memory", content: "<spec><memoryMB>4096</memoryMB></spec>" },
  { method: "ReconfigVM_Task", name: "note", content: "<spec><annotation>tried</annotation></spec>" },
  { method: "Rename_Task", content: "<newName>tried</newName>" },
  {
    method: "CustomizeVM_Task",
    content:
      '<spec><identity xsi:type="CustomizationIdentitySettings"></identity><globalIPSettings></globalIPSettings></spec>',
  },
  { method: "UnregisterVM" },
  { method: "Destroy_Task" },
];

/** A machine, another host of its cluster, and a port group that it is not in. */
export interface TriedMachine {
  readonly path: string;
  readonly host: string;
  readonly otherPortGroup: string;
}

/** What a session may call on a machine, by the call's name: a refused call changes nothing. */
export async function triedOnMachine(
  hand: ByHand,
  admin: ByHand,
  machine: TriedMachine,
): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const { method, name = method, first = [], content = "" } of MACHINE_CALLS) {
    for (const before of first) await prepared(admin, machine, before);
    outcomes[name] = await outcomeOf(() => hand.call(method, "VirtualMachine", machine.path, content));
  }
  await prepared(admin, machine, "PowerOffVM_Task");
  outcomes.PowerOnMultiVM_Task = await outcomeOf(() => hand.powerOnMany(machine.path));
  await prepared(admin, machine, "PowerOnVM_Task");
  outcomes.isolate = await outcomeOf(() => hand.disconnect(machine.path));
  outcomes["isolate for good"] = await outcomeOf(() => hand.disconnect(machine.path, { alsoAtStart: true }));
  outcomes.quarantine = await outcomeOf(() => hand.connect(machine.path, machine.otherPortGroup));
  outcomes.migrate = await outcomeOf(() => hand.relocate(machine.path, { host: machine.host }));
  return outcomes;
}

/** Calls on what machines are on, which no duty may do: each changes what a city's file says, or who may change it. */
export async function triedElsewhere(hand: ByHand, paths: ElsewherePaths): Promise<Record<string, Outcome>> {
  const calls: Readonly<Record<string, () => Promise<void>>> = {
    folder: () => hand.call("CreateFolder", "Folder", paths.folder, "<name>tried</name>"),
    "resource pool": () => hand.call("UpdateConfig", "ResourcePool", paths.resourcePool, "<name>tried</name>"),
    "port group": () =>
      hand.call(
        "ReconfigureDVPortgroup_Task",
        "DistributedVirtualPortgroup",
        paths.portGroup,
        "<spec><name>tried</name></spec>",
      ),
    cluster: () =>
      hand.call(
        "ReconfigureComputeResource_Task",
        "ClusterComputeResource",
        paths.cluster,
        "<spec></spec><modify>true</modify>",
      ),
    datastore: () => hand.call("Rename_Task", "Datastore", paths.datastore, "<newName>tried</newName>"),
    role: () => hand.manager("AddAuthorizationRole", "AuthorizationManager", "<name>tried</name>"),
  };
  const outcomes: Record<string, Outcome> = {};
  for (const [name, call] of Object.entries(calls)) outcomes[name] = await outcomeOf(call);
  return outcomes;
}

/** Inventory paths of what a machine is on. */
export interface ElsewherePaths {
  readonly folder: string;
  readonly resourcePool: string;
  readonly portGroup: string;
  readonly cluster: string;
  readonly datastore: string;
}

/** Works as a member of a directory's group. */
export async function asMember<T>(
  lab: LabSession,
  city: string,
  group: string,
  work: (hand: ByHand) => Promise<T>,
): Promise<T> {
  const hand = await ByHand.logIn(member(lab, group), city);
  try {
    return await work(hand);
  } finally {
    hand.close();
  }
}

/** The same lab, in which a member of a directory's group logs in: by the group's name, with the second login's password. */
export function member(lab: LabSession, group: string): LabSession {
  const { guarded } = lab.data;
  if (guarded === undefined) throw new Error("the lab has no second login");
  return lab.with({ VSPHERE_USER: group, VSPHERE_PASSWORD: guarded.password });
}

/** A machine that is on already, or off, is as wanted. */
async function prepared(admin: ByHand, { path }: TriedMachine, method: string): Promise<void> {
  await outcomeOf(() => admin.call(method, "VirtualMachine", path, method === "CreateSnapshot_Task" ? SNAPSHOT : ""));
}

async function outcomeOf(call: () => Promise<void>): Promise<Outcome> {
  try {
    await call();
    return "done";
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.includes(NO_PERMISSION) ? "refused" : message;
  }
}
