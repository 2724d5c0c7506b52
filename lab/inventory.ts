import type { City } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { definitionOf } from "../environments/seats/definition";
import { machinesOf } from "../environments/seats/machines";
import { shardsOf } from "../environments/seats/seats";

/** What a simulated vCenter holds before anything is deployed; the Go program in vcenter/ reads it as JSON. */
export interface Inventory {
  readonly datacenter: string;
  readonly clusters: readonly InventoryCluster[];
  readonly physicalAdapters: readonly string[];
  readonly templates: readonly InventoryTemplate[];
  readonly principals: readonly InventoryPrincipal[];
  readonly switches: readonly InventorySwitch[];
  readonly machines: readonly InventoryMachine[];
  /** Names of storage policies, beside those that every vCenter has. */
  readonly storagePolicies: readonly string[];
  readonly libraries: readonly InventoryLibrary[];
}

/** A cluster with its hosts, all of one size, and the datastores that they reach. */
export interface InventoryCluster {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly datastores: readonly string[];
  readonly coresPerHost: number;
  readonly memoryGibPerHost: number;
}

/** A golden image's template. */
export interface InventoryTemplate {
  readonly name: string;
  readonly guestId: string;
  readonly diskGib: number;
  readonly firmware: "efi" | "bios";
  readonly cluster: string;
  readonly datastore: string;
}

/** A machine that somebody made by hand before any deployment; it runs. */
export interface InventoryMachine {
  readonly name: string;
  /** Path below the datacenter's machine folder; empty is that folder itself. */
  readonly folder: string;
  readonly cluster: string;
  readonly datastore: string;
  /** A standard port group. @default "VM Network" */
  readonly network?: string;
  readonly cpus: number;
  /** @default 1 */
  readonly coresPerSocket?: number;
  readonly memoryMib: number;
  readonly guestId: string;
  readonly firmware: "efi" | "bios";
  /** One thin disk each, on one pvscsi controller, in the order of their unit numbers. */
  readonly disksGib: readonly number[];
}

/** A content library of VM templates, on the first cluster's first datastore. */
export interface InventoryLibrary {
  readonly name: string;
  /** Each with the name of the template that it is made from. */
  readonly items: readonly { readonly name: string; readonly template: string }[];
}

/** A user or group of the directory that permissions may name. */
export interface InventoryPrincipal {
  readonly name: string;
  readonly group: boolean;
}

/** A distributed switch that is there already, joined by every host with every adapter. */
export interface InventorySwitch {
  readonly name: string;
  readonly mtu: number;
  readonly privateVlans: readonly InventoryPrivateVlan[];
}

/** One entry of a switch's private VLANs. */
export interface InventoryPrivateVlan {
  readonly primary: number;
  readonly secondary: number;
  readonly type: "promiscuous" | "isolated" | "community";
}

const MIB_PER_GIB = 1024;
/** Of hosts whose size the city's file does not say. */
const [USUAL_CORES, USUAL_MEMORY_GIB] = [64, 1024];

/** The inventory that a city's file presupposes: everything that it names and no stack makes. */
export function inventoryOf(city: City): Inventory {
  return {
    datacenter: city.platform.vsphere.datacenter,
    clusters: city.platform.clusters.map((cluster) => ({
      name: cluster.name,
      hosts: cluster.hosts,
      datastores: datastoresOf(city, cluster.name),
      coresPerHost: cluster.hostCores ?? USUAL_CORES,
      memoryGibPerHost: cluster.hostMemoryGib ?? USUAL_MEMORY_GIB,
    })),
    physicalAdapters: city.network.switch.adapters,
    templates: templatesOf(city),
    principals: [...new Set(city.support.roles.map((role) => role.group))].map((name) => ({ name, group: true })),
    switches: existingSwitch(city),
    machines: city.pools.flatMap((pool) => machinesToAdopt(city, pool)),
    storagePolicies: storagePolicies(city),
    libraries: libraries(city),
  };
}

function storagePolicies({ workstations }: City): string[] {
  return [...new Set(Object.values(workstations).flatMap(({ storagePolicy }) => storagePolicy ?? []))];
}

function datastoresOf(city: City, cluster: string): string[] {
  return city.platform.datastores.filter((datastore) => datastore.cluster === cluster).map(({ name }) => name);
}

/** The switch that a city only uses, with the private VLANs that its segments have on it. */
function existingSwitch({ network }: City): InventorySwitch[] {
  const { existing, name, mtu } = network.switch;
  if (!existing) return [];
  const own = network.segments.filter(({ external }) => !external);
  const privateVlans = own.flatMap(({ vlan, privateVlan }) =>
    privateVlan === undefined ? [] : [{ primary: vlan, ...privateVlan }],
  );
  return [{ name, mtu, privateVlans }];
}

/** What a pool adopts, of the size that its seats have, where they are, as a machine of an older kind: with BIOS. */
function machinesToAdopt(city: City, pool: Pool): InventoryMachine[] {
  const { workstation, image } = definitionOf(city, pool);
  const machines = shardsOf(city, pool).flatMap((shard) => machinesOf(city, pool, shard, new Map()));
  const adopted = machines.flatMap(({ adopted: path, cluster, datastore }) =>
    path === undefined ? [] : [{ ...placeOf(path), cluster, datastore }],
  );
  return adopted.map((machine) => ({
    ...machine,
    cpus: workstation.cpus,
    coresPerSocket: workstation.cpus,
    memoryMib: workstation.memoryGib * MIB_PER_GIB,
    guestId: image.guestId,
    firmware: "bios",
    disksGib: [workstation.diskGib],
  }));
}

function placeOf(machine: string): Pick<InventoryMachine, "name" | "folder"> {
  const end = machine.lastIndexOf("/");
  return { name: machine.slice(end + 1), folder: machine.slice(0, Math.max(0, end)) };
}

/** Every version of every image and the gateways' template, in the first cluster that has a datastore. */
function templatesOf(city: City): InventoryTemplate[] {
  const place = city.platform.clusters
    .map((cluster) => ({ cluster: cluster.name, datastore: datastoresOf(city, cluster.name)[0] }))
    .find(({ datastore }) => datastore !== undefined);
  if (place?.datastore === undefined) return [];
  const { cluster, datastore } = place;
  return [...imageTemplates(city), ...gatewayTemplates(city)].map((template) => ({ ...template, cluster, datastore }));
}

type Template = Omit<InventoryTemplate, "cluster" | "datastore">;

/** Every library that an image's version is in, with an item for each, made from a template of the same name. */
function libraries({ images }: City): InventoryLibrary[] {
  const items = Object.values(images).flatMap(({ versions }) => Object.values(versions));
  const names = new Set(items.flatMap(({ library }) => library ?? []));
  return [...names].map((name) => ({
    name,
    items: items.filter(({ library }) => library === name).map(({ template }) => ({ name: template, template })),
  }));
}

function imageTemplates(city: City): Template[] {
  return Object.values(city.images).flatMap(({ guestId, diskGib, firmware, versions }) =>
    Object.values(versions).map(({ template }) => ({ name: template, guestId, diskGib, firmware })),
  );
}

/** The gateways' template, unless it is an image's too: vCenter has a name once. */
function gatewayTemplates(city: City): Template[] {
  const { gateway } = city.network;
  if (gateway === undefined || imageTemplates(city).some(({ name }) => name === gateway.template)) return [];
  const { template, guestId, diskGib, firmware } = gateway;
  return [{ name: template, guestId, diskGib, firmware }];
}
