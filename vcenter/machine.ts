import type { ManagedObject } from "./managed-object";
import { machineDetails } from "./machine-details";
import type { MachineDetails } from "./machine-details";
import type { Places } from "./places";
import { child, childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** A machine or template. */
export interface FoundMachine {
  readonly name: string;
  readonly datacenter: string;
  /** Inventory path below the datacenter's machine folder, with the name: `Smart Working 2020/PC-0412`. */
  readonly path: string;
  readonly isTemplate: boolean;
  readonly guestId: string;
  /** `efi` or `bios`; empty where its settings were not read. */
  readonly firmware: string;
  readonly hasTpm: boolean;
  /** Size of its first disk, in GiB; 0 where its settings were not read. */
  readonly diskGib: number;
  /** Number of its network adapters; 0 where its settings were not read. */
  readonly adapters: number;
  /** Whether it has a CD-ROM that is neither an image on a datastore nor a client's. */
  readonly hasHostCdrom: boolean;
  readonly hasSnapshot: boolean;
  /** Names of its snapshots, a parent before its children; empty where its settings were not read. */
  readonly snapshots: readonly string[];
  /** Name of the datastore of its files; empty where its settings were not read. */
  readonly datastore: string;
  /** Whether its first disk is thin. */
  readonly isThin: boolean;
  /** Whether VMware Tools are in its guest. */
  readonly hasTools: boolean;
  /** What a file is drafted from, beside what one is held against. @default - not read */
  readonly details?: MachineDetails | undefined;
}

/** Backings of a CD-ROM that vSphere's provider knows (2.15.0, `virtual_machine_cdrom_subresource.go`). */
const KNOWN_CDROMS = ["VirtualCdromIsoBackingInfo", "VirtualCdromRemoteAtapiBackingInfo"];
const KIB_PER_GIB = 2 ** 20;
/** The property with a machine's devices. */
export const DEVICES = "config.hardware.device";

/** What is read of machines that the file names, beside the above: of thousands it would be too much. */
export const WANTED_OF_NAMED: readonly string[] = [
  ...["config.guestId", "config.firmware", DEVICES, "config.tools.toolsVersion", "snapshot", "config.files.vmPathName"],
];

/** A machine of the inventory. */
export function machine(object: ManagedObject, places: Places): FoundMachine {
  const devices = object.items(DEVICES);
  const disk = devices.find(({ type }) => type === "VirtualDisk");
  const tools = Number(object.text("config.tools.toolsVersion") ?? 0);
  return {
    name: object.name,
    datacenter: places.datacenter(object),
    path: places.path(object),
    isTemplate: object.text("config.template") === "true",
    guestId: object.text("config.guestId") ?? "",
    firmware: object.text("config.firmware") ?? "",
    hasTpm: hasTpm(object),
    diskGib: Number(childText(disk, "capacityInKB") ?? 0) / KIB_PER_GIB,
    // Every kind of virtual network adapter has a MAC address, and nothing else has.
    adapters: devices.filter((device) => child(device, "macAddress") !== undefined).length,
    hasHostCdrom: devices.some(
      (device) => device.type === "VirtualCdrom" && !KNOWN_CDROMS.includes(child(device, "backing")?.type ?? ""),
    ),
    hasSnapshot: object.at("snapshot") !== undefined,
    snapshots: object.items("snapshot.rootSnapshotList").flatMap(snapshotNames),
    datastore: /^\[([^\]]*)\]/.exec(object.text("config.files.vmPathName") ?? "")?.[1] ?? "",
    isThin: childText(child(disk, "backing"), "thinProvisioned") === "true",
    hasTools: tools > 0,
    details: machineDetails(object, places),
  };
}

function snapshotNames(tree: Element): string[] {
  return [childText(tree, "name") ?? "", ...childrenOf(tree, "childSnapshotList").flatMap(snapshotNames)];
}

/** Whether a machine, of which the devices were read, has a virtual TPM. */
export function hasTpm(object: ManagedObject): boolean {
  return object.items(DEVICES).some(({ type }) => type === "VirtualTPM");
}
