import type { ManagedObject } from "./managed-object";
import { Places } from "./places";
import { SDRS, storageCluster } from "./storage-cluster";
import type { FoundStorageCluster } from "./storage-cluster";
import { child, childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** What stands in a vCenter, as far as a city's file presupposes it. */
export interface Inventory {
  /** Version of vCenter itself, such as `8.0.3`. @default - not known */
  readonly version?: string | undefined;
  /** Names of datacenters. */
  readonly datacenters: readonly string[];
  readonly clusters: readonly FoundCluster[];
  readonly hosts: readonly FoundHost[];
  readonly datastores: readonly FoundDatastore[];
  readonly storageClusters: readonly FoundStorageCluster[];
  readonly switches: readonly FoundSwitch[];
  readonly portGroups: readonly FoundPortGroup[];
  readonly machines: readonly FoundMachine[];
}

/** A compute cluster. */
export interface FoundCluster {
  readonly name: string;
  readonly datacenter: string;
  /** Whether DRS is on; also where that was not read. */
  readonly drs: boolean;
  /** Users and groups with a permission on it itself, as `DOMAIN\name`. @default - not read */
  readonly permitted?: readonly string[];
}

/** An ESXi host of a cluster. */
export interface FoundHost {
  readonly name: string;
  /** Name of its cluster; empty for a host by itself. */
  readonly cluster: string;
  readonly datacenter: string;
  /** Physical cores. */
  readonly cores: number;
  /** Physical memory, in GiB. */
  readonly memoryGib: number;
  /** `connected`, `disconnected` or `notResponding`. */
  readonly connection: string;
  /** Version of its ESXi, such as `8.0.3`; empty where it was not read. */
  readonly version: string;
  readonly inMaintenance: boolean;
  /** Names of the datastores that it reaches. */
  readonly datastores: readonly string[];
  /** Its physical adapters. */
  readonly adapters: readonly FoundAdapter[];
}

/** A physical adapter of a host. */
export interface FoundAdapter {
  /** Its device, `vmnic2`. */
  readonly name: string;
  /** Name of the switch whose uplink it is. @default - none */
  readonly switch?: string | undefined;
  /** Whether it has a link. */
  readonly linked: boolean;
}

/** A datastore. */
export interface FoundDatastore {
  readonly name: string;
  readonly datacenter: string;
  /** Size, in GiB. */
  readonly capacityGib: number;
  /** Free space, in GiB. */
  readonly freeGib: number;
  /** `VMFS`, `NFS`, `vsan`, ... */
  readonly type: string;
  /** Users and groups with a permission on it itself, as `DOMAIN\name`. @default - not read */
  readonly permitted?: readonly string[];
}

/** A distributed switch. */
export interface FoundSwitch {
  readonly name: string;
  readonly datacenter: string;
  /** Largest packet, in bytes. */
  readonly mtu: number;
  /** Version, such as `8.0.0`. */
  readonly version: string;
  /** Names of its hosts. */
  readonly hosts: readonly string[];
  readonly privateVlans: readonly { readonly primary: number; readonly secondary: number; readonly type: string }[];
}

/** A port group of a distributed switch that machines are connected to. */
export interface FoundPortGroup {
  readonly name: string;
  /** Name of its switch. */
  readonly switch: string;
  readonly datacenter: string;
  /** Its VLAN, or the secondary one; undefined for a trunk. */
  readonly vlan: number | undefined;
}

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
}

/** Backings of a CD-ROM that vSphere's provider knows (2.15.0, `virtual_machine_cdrom_subresource.go`). */
const KNOWN_CDROMS = ["VirtualCdromIsoBackingInfo", "VirtualCdromRemoteAtapiBackingInfo"];
const BYTES_PER_GIB = 2 ** 30;
const KIB_PER_GIB = 2 ** 20;
/** Managed object types of a compute resource: a cluster, or one that a host by itself has. */
const CLUSTER = "ClusterComputeResource";

/** The properties that an inventory is made of, for each type of managed object. */
export const WANTED: Readonly<Record<string, readonly string[]>> = {
  Folder: ["name", "parent"],
  Datacenter: ["name", "parent", "vmFolder", "networkFolder"],
  ClusterComputeResource: ["name", "parent", "configurationEx.drsConfig.enabled", "permission"],
  ComputeResource: ["name", "parent"],
  HostSystem: [
    ...["name", "parent", "datastore", "hardware.cpuInfo.numCpuCores", "hardware.memorySize"],
    ...["runtime.connectionState", "runtime.inMaintenanceMode", "config.product.version"],
    ...["config.network.pnic", "config.network.vswitch", "config.network.proxySwitch"],
    // NSX's own, as in VMware Cloud on AWS.
    "config.network.opaqueSwitch",
  ],
  Datastore: ["name", "parent", "summary.capacity", "summary.freeSpace", "summary.type", "permission"],
  StoragePod: ["name", "parent", SDRS],
  VmwareDistributedVirtualSwitch: [
    ...["name", "parent", "config.maxMtu", "config.pvlanConfig", "config.host", "summary.productInfo.version"],
  ],
  DistributedVirtualPortgroup: [
    ...["name", "parent", "config.distributedVirtualSwitch", "config.uplink", "config.defaultPortConfig"],
  ],
  ResourcePool: ["name", "parent"],
  VirtualApp: ["name", "parent"],
  VirtualMachine: ["name", "parent", "parentVApp", "config.template"],
};

/** The managed object that every vCenter has once, under this id, and what is read of it. */
export const SERVICE = "ServiceInstance";
export const WANTED_OF_SERVICE: readonly string[] = ["content.about.version"];

/** The property with a machine's devices. */
export const DEVICES = "config.hardware.device";

/** What is read of machines that the file names, beside the above: of thousands it would be too much. */
export const WANTED_OF_NAMED: readonly string[] = [
  ...["config.guestId", "config.firmware", DEVICES, "config.tools.toolsVersion", "snapshot", "config.files.vmPathName"],
];

/** Makes an inventory of a vCenter's objects. */
export function inventoryOf(objects: readonly ManagedObject[]): Inventory {
  const places = new Places(objects);
  const of = (type: string): ManagedObject[] => objects.filter((object) => object.type === type);
  return {
    version: of(SERVICE)[0]?.text("content.about.version"),
    datacenters: of("Datacenter").map(({ name }) => name),
    clusters: of(CLUSTER).map((object) => ({
      name: object.name,
      datacenter: places.datacenter(object),
      drs: object.text("configurationEx.drsConfig.enabled") !== "false",
      permitted: permitted(object),
    })),
    hosts: of("HostSystem").map((object) => host(object, places)),
    datastores: of("Datastore").map((object) => datastore(object, places)),
    storageClusters: of("StoragePod").map((object) => storageCluster(object, of("Datastore"), places)),
    switches: of("VmwareDistributedVirtualSwitch").map((object) => distributedSwitch(object, places)),
    portGroups: of("DistributedVirtualPortgroup").flatMap((object) => portGroup(object, places)),
    machines: of("VirtualMachine").map((object) => machine(object, places)),
  };
}

function host(object: ManagedObject, places: Places): FoundHost {
  const owner = places.parent(object);
  const used = usedAdapters(object);
  return {
    name: object.name,
    cluster: owner?.type === CLUSTER ? owner.name : "",
    datacenter: places.datacenter(object),
    cores: numberAt(object, "hardware.cpuInfo.numCpuCores"),
    memoryGib: numberAt(object, "hardware.memorySize") / BYTES_PER_GIB,
    connection: object.text("runtime.connectionState") ?? "",
    version: object.text("config.product.version") ?? "",
    inMaintenance: object.text("runtime.inMaintenanceMode") === "true",
    datastores: object.texts("datastore").map((id) => places.name(id)),
    adapters: object.items("config.network.pnic").map((pnic) => ({
      name: childText(pnic, "device") ?? "",
      switch: used.get(childText(pnic, "key") ?? ""),
      linked: child(pnic, "linkSpeed") !== undefined,
    })),
  };
}

/** The switch of each adapter that is an uplink, by the adapter's key. */
function usedAdapters(object: ManagedObject): Map<string, string> {
  const switches = [
    ...object.items("config.network.vswitch").map((one) => [one, childText(one, "name")] as const),
    ...object.items("config.network.opaqueSwitch").map((one) => [one, childText(one, "name")] as const),
    ...object.items("config.network.proxySwitch").map((one) => [one, childText(one, "dvsName")] as const),
  ];
  return new Map(
    switches.flatMap(([one, name = ""]) => childrenOf(one, "pnic").map(({ text }): [string, string] => [text, name])),
  );
}

function datastore(object: ManagedObject, places: Places): FoundDatastore {
  return {
    name: object.name,
    datacenter: places.datacenter(object),
    capacityGib: numberAt(object, "summary.capacity") / BYTES_PER_GIB,
    freeGib: numberAt(object, "summary.freeSpace") / BYTES_PER_GIB,
    type: object.text("summary.type") ?? "",
    permitted: permitted(object),
  };
}

function permitted(object: ManagedObject): string[] {
  return object.items("permission").flatMap((one) => childText(one, "principal") ?? []);
}

function distributedSwitch(object: ManagedObject, places: Places): FoundSwitch {
  return {
    name: object.name,
    datacenter: places.datacenter(object),
    mtu: numberAt(object, "config.maxMtu"),
    version: object.text("summary.productInfo.version") ?? "",
    hosts: object.items("config.host").map((member) => places.name(childText(child(member, "config"), "host"))),
    privateVlans: object.items("config.pvlanConfig").map((entry) => ({
      primary: Number(childText(entry, "primaryVlanId")),
      secondary: Number(childText(entry, "secondaryVlanId")),
      type: childText(entry, "pvlanType") ?? "",
    })),
  };
}

/** None of a switch's own group, to which its uplinks are connected. */
function portGroup(object: ManagedObject, places: Places): FoundPortGroup[] {
  const vlan = child(object.at("config.defaultPortConfig"), "vlan");
  const range = childrenOf(vlan, "vlanId").some(({ children }) => children.length > 0);
  if (object.text("config.uplink") === "true") return [];
  return [
    {
      name: object.name,
      switch: places.name(object.text("config.distributedVirtualSwitch")),
      datacenter: places.datacenter(object),
      vlan: range ? undefined : vlanNumber(vlan),
    },
  ];
}

function vlanNumber(vlan: Element | undefined): number | undefined {
  const text = childText(vlan, "pvlanId") ?? childText(vlan, "vlanId");
  return text === undefined ? undefined : Number(text);
}

function machine(object: ManagedObject, places: Places): FoundMachine {
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
  };
}

function snapshotNames(tree: Element): string[] {
  return [childText(tree, "name") ?? "", ...childrenOf(tree, "childSnapshotList").flatMap(snapshotNames)];
}

/** Whether a machine, of which the devices were read, has a virtual TPM. */
export function hasTpm(object: ManagedObject): boolean {
  return object.items(DEVICES).some(({ type }) => type === "VirtualTPM");
}

function numberAt(object: ManagedObject, path: string): number {
  return Number(object.text(path) ?? 0);
}
