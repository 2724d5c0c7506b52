import { machine } from "./machine";
import type { FoundMachine } from "./machine";
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
  /** Its own name, such as `vcenter.comune.ragusa.example`. @default - not known */
  readonly server?: string | undefined;
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
  /** Port groups of its standard switches. @default - not read */
  readonly standardGroups?: readonly FoundStandardGroup[];
}

/** A port group of a host's standard switch. */
export interface FoundStandardGroup {
  readonly name: string;
  /** Name of its switch. */
  readonly switch: string;
  /** Its VLAN: 0 for none, 4095 for all. */
  readonly vlan: number;
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

const BYTES_PER_GIB = 2 ** 30;
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
    ...["config.network.opaqueSwitch", "config.network.portgroup"],
  ],
  Datastore: ["name", "parent", "summary.capacity", "summary.freeSpace", "summary.type", "permission"],
  StoragePod: ["name", "parent", SDRS],
  VmwareDistributedVirtualSwitch: [
    ...["name", "parent", "config.maxMtu", "config.pvlanConfig", "config.host", "summary.productInfo.version"],
  ],
  DistributedVirtualPortgroup: [
    ...["name", "parent", "config.distributedVirtualSwitch", "config.uplink", "config.defaultPortConfig"],
  ],
  Network: ["name", "parent"],
  OpaqueNetwork: ["name", "parent"],
  ResourcePool: ["name", "parent"],
  VirtualApp: ["name", "parent"],
  VirtualMachine: ["name", "parent", "parentVApp", "config.template"],
};

/** The managed object that every vCenter has once, under this id, and what is read of it. */
export const SERVICE = "ServiceInstance";
export const WANTED_OF_SERVICE: readonly string[] = ["content.about.version"];

/** The object with vCenter's own settings, and the setting that has its name (VMware, "vCenter Server Advanced Settings"). */
export const SETTINGS = { type: "OptionManager", id: "VpxSettings" } as const;
const OWN_NAME = "VirtualCenter.FQDN";

/** Makes an inventory of a vCenter's objects. */
export function inventoryOf(objects: readonly ManagedObject[]): Inventory {
  const places = new Places(objects);
  const of = (type: string): ManagedObject[] => objects.filter((object) => object.type === type);
  return {
    version: of(SERVICE)[0]?.text("content.about.version"),
    server: ownName(of(SETTINGS.type).find(({ id }) => id === SETTINGS.id)),
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

/** The part of an inventory that is in one datacenter. */
export function inDatacenter(whole: Inventory, name: string): Inventory {
  const inside = <T extends { readonly datacenter: string }>(items: readonly T[]): T[] =>
    items.filter(({ datacenter }) => datacenter === name);
  return {
    ...whole,
    clusters: inside(whole.clusters),
    hosts: inside(whole.hosts),
    datastores: inside(whole.datastores),
    storageClusters: inside(whole.storageClusters),
    switches: inside(whole.switches),
    portGroups: inside(whole.portGroups),
    machines: inside(whole.machines),
  };
}

function ownName(settings: ManagedObject | undefined): string | undefined {
  const setting = settings?.items("setting").find((one) => childText(one, "key") === OWN_NAME);
  return childText(setting, "value");
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
    standardGroups: object.items("config.network.portgroup").map((group) => standardGroup(child(group, "spec"))),
  };
}

function standardGroup(spec: Element | undefined): FoundStandardGroup {
  return {
    name: childText(spec, "name") ?? "",
    switch: childText(spec, "vswitchName") ?? "",
    vlan: Number(childText(spec, "vlanId") ?? 0),
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

function numberAt(object: ManagedObject, path: string): number {
  return Number(object.text(path) ?? 0);
}
