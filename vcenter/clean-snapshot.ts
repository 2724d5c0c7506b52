import { escapeXml } from "../access/vsphere/xml-text";
import type { ManagedObject } from "./managed-object";
import type { VcenterClient } from "./vcenter-client";
import { childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** The name of the snapshot that a seat is brought back to. */
export const CLEAN = "postazioni-clean";

/** A seat's snapshot. */
export interface CleanSnapshot {
  /** Managed object id. */
  readonly id: string;
  /** The shape of the machine when it was taken. */
  readonly shape: string;
}

/** What bringing a machine back would bring back of it too. */
export interface Shaped {
  /** Its processors, memory, networks, number of disks and hardware version, in words, and what else its snapshot is of. */
  readonly shape: string;
  /** @default - it has none of the name */
  readonly snapshot: CleanSnapshot | undefined;
}

const HARDWARE = "config.hardware";
const SHAPE = [
  ...["numCPU", "numCoresPerSocket", "memoryMB"].map((one) => `${HARDWARE}.${one}`),
  ...["config.version", "summary.config.numVirtualDisks", "network", "snapshot"],
];

/** The snapshots and the shapes of machines, by id. @throws VcenterError where vCenter is not reached or refuses */
export async function shapesOf(client: VcenterClient, ids: readonly string[]): Promise<ReadonlyMap<string, Shaped>> {
  const machines = await client.properties("VirtualMachine", ids, SHAPE);
  return new Map(machines.map((machine) => [machine.id, { shape: shapeOf(machine), snapshot: cleanOf(machine) }]));
}

/**
 * Takes the snapshot of a machine, of its disks and settings and not of its memory.
 * @param shape what the snapshot says of it
 * @throws VcenterError with vCenter's reason
 */
export function takeClean(client: VcenterClient, id: string, shape: string): Promise<void> {
  const texts = `<name>${CLEAN}</name><description>${escapeXml(shape)}</description>`;
  const content = `${texts}<memory>false</memory><quiesce>false</quiesce>`;
  return client.task("CreateSnapshot_Task", "VirtualMachine", id, content);
}

/** Brings a machine back; it is off afterwards. @throws VcenterError with vCenter's reason */
export function revertTo(client: VcenterClient, { id }: CleanSnapshot): Promise<void> {
  const content = "<suppressPowerOn>true</suppressPowerOn>";
  return client.task("RevertToSnapshot_Task", "VirtualMachineSnapshot", id, content);
}

/** Removes a snapshot; what the machine wrote since stays. @throws VcenterError with vCenter's reason */
export function removeClean(client: VcenterClient, { id }: CleanSnapshot): Promise<void> {
  const content = "<removeChildren>false</removeChildren>";
  return client.task("RemoveSnapshot_Task", "VirtualMachineSnapshot", id, content);
}

function shapeOf(machine: ManagedObject): string {
  const number = (path: string): string => machine.text(path) ?? "?";
  return [
    `${number(`${HARDWARE}.numCPU`)} CPUs, ${number(`${HARDWARE}.numCoresPerSocket`)} a socket`,
    `${number(`${HARDWARE}.memoryMB`)} MiB`,
    `${number("summary.config.numVirtualDisks")} disks`,
    `networks ${machine.texts("network").sort().join(" ")}`,
    number("config.version"),
  ].join(", ");
}

function cleanOf(machine: ManagedObject): CleanSnapshot | undefined {
  const found = machine.items("snapshot.rootSnapshotList").flatMap(withChildren);
  const clean = found.find((tree) => childText(tree, "name") === CLEAN);
  if (clean === undefined) return undefined;
  return { id: childText(clean, "snapshot") ?? "", shape: childText(clean, "description") ?? "" };
}

function withChildren(tree: Element): Element[] {
  return [tree, ...childrenOf(tree, "childSnapshotList").flatMap(withChildren)];
}
