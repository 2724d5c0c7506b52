import type { City } from "../environments/model/city";
import type { Pool } from "../environments/model/desktops";
import { hostAdapters } from "../environments/network/host-adapters";
import { definitionOf, sourceOf } from "../environments/seats/definition";
import type { TemplateSource } from "../environments/seats/definition";
import { machinesOf } from "../environments/seats/machines";
import { shardsOf } from "../environments/seats/seats";

/** What a simulated vCenter contains before any deployment; the Go program in vcenter/ reads it as JSON. */
export interface Inventory {
  readonly datacenter: string;
  readonly clusters: readonly InventoryCluster[];
  readonly physicalAdapters: readonly string[];
  readonly templates: readonly InventoryTemplate[];
  readonly principals: readonly InventoryPrincipal[];
  readonly switches: readonly InventorySwitch[];
  readonly machines: readonly InventoryMachine[];
  /** Names of storage policies, besides the built-in ones. */
  readonly storagePolicies: readonly string[];
  readonly libraries: readonly InventoryLibrary[];
  readonly storageClusters: readonly InventoryStorageCluster[];
}

/** A storage cluster of datastores of one cluster. */
export interface InventoryStorageCluster {
  readonly name: string;
  readonly datastores: readonly string[];
}

/** A cluster with its hosts, all of one size, and its datastores. */
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
  /** A virtual TPM. @default false */
  readonly tpm?: boolean;
  /** Name of its one snapshot. @default - none */
  readonly snapshot?: string;
  readonly cluster: string;
  readonly datastore: string;
}

/** A running machine that was created by hand before any deployment. */
export interface InventoryMachine {
  readonly name: string;
  /** Path below the datacenter's machine folder; empty for that folder itself. */
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
  /** Thin disks on one pvscsi controller, in the order of their unit numbers. */
  readonly disksGib: readonly number[];
}

/** A content library of VM templates, on the first cluster's first datastore. */
export interface InventoryLibrary {
  readonly name: string;
  /** Each with the name of its template. */
  readonly items: readonly { readonly name: string; readonly template: string }[];
}

/** A user or group of the directory that permissions may refer to. */
export interface InventoryPrincipal {
  readonly name: string;
  readonly group: boolean;
}

/** An existing distributed switch, joined by every host with every adapter. */
export interface InventorySwitch {
  readonly name: string;
  readonly mtu: number;
  readonly privateVlans: readonly InventoryPrivateVlan[];
}

/** An entry of a switch's private VLAN map. */
export interface InventoryPrivateVlan {
  readonly primary: number;
  readonly secondary: number;
  readonly type: "promiscuous" | "isolated" | "community";
}

const MIB_PER_GIB = 1024;
/** For hosts without a size in the city's file. */
const [USUAL_CORES, USUAL_MEMORY_GIB] = [64, 1024];

/** The inventory that a city's file needs: everything that it refers to and no stack creates. */
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
    physicalAdapters: adaptersOf(city),
    templates: templatesOf(city),
    principals: [...new Set(city.support.roles.map((role) => role.group))].map((name) => ({ name, group: true })),
    switches: existingSwitch(city),
    machines: city.pools.flatMap((pool) => machinesToAdopt(city, pool)),
    storagePolicies: storagePolicies(city),
    libraries: libraries(city),
    storageClusters: city.platform.datastores.flatMap(({ name, members }) =>
      members === undefined ? [] : [{ name, datastores: members }],
    ),
  };
}

function storagePolicies({ workstations }: City): string[] {
  return [...new Set(Object.values(workstations).flatMap(({ storagePolicy }) => storagePolicy ?? []))];
}

function datastoresOf(city: City, cluster: string): string[] {
  const own = city.platform.datastores.filter((datastore) => datastore.cluster === cluster);
  return own.flatMap(({ name, members }) => members ?? [name]);
}

/** The existing switch of a city, with its segments' private VLANs. */
function existingSwitch({ network }: City): InventorySwitch[] {
  const { existing, name, mtu } = network.switch;
  if (!existing) return [];
  const own = network.segments.filter(({ external }) => !external);
  const privateVlans = own.flatMap(({ vlan, privateVlan }) =>
    privateVlan === undefined ? [] : [{ primary: vlan, ...privateVlan }],
  );
  return [{ name, mtu, privateVlans }];
}

/** A pool's machines to adopt, with the size and place of its seats, as an older kind of machine: with BIOS. */
function machinesToAdopt(city: City, pool: Pool): InventoryMachine[] {
  const definition = definitionOf(city, pool);
  const { workstation, image } = definition;
  const seats = shardsOf(city, pool).flatMap((shard) => shard.seats);
  const adopted = seats
    .map(machinesOf(definition, new Map()))
    .flatMap(({ adopted: path, place: { cluster, datastore } }) =>
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

/** A template for every image version, the gateways and the access machines: where linked clones of it are, or in the first cluster with a datastore. */
function templatesOf(city: City): InventoryTemplate[] {
  const place = city.platform.clusters
    .map((cluster) => ({ cluster: cluster.name, datastore: datastoresOf(city, cluster.name)[0] }))
    .find(({ datastore }) => datastore !== undefined);
  if (place?.datastore === undefined) return [];
  const { cluster, datastore } = place;
  const [own, linked] = [clusterPlaces(city), linkedPlaces(city)];
  return [...imageTemplates(city), ...machineTemplates(city)].map((template) => ({
    ...{ ...template, cluster, datastore },
    ...own.get(template.name),
    ...linked.get(template.name),
  }));
}

/** Where templates of a cluster's own are: on its first datastore. */
function clusterPlaces(city: City): Map<string, TemplatePlace> {
  return new Map(
    sources(city).flatMap(({ template, cluster }) => {
      const [datastore] = cluster === undefined ? [] : datastoresOf(city, cluster);
      return cluster === undefined || datastore === undefined ? [] : [[template, { cluster, datastore }] as const];
    }),
  );
}

type TemplatePlace = Pick<InventoryTemplate, "cluster" | "datastore">;

/** What machines of any version are cloned from, with the cluster that it is for. */
function sources({ images }: Pick<City, "images">): (TemplateSource & { readonly cluster?: string })[] {
  const versions = Object.values(images).flatMap((image) => Object.values(image.versions));
  return versions.flatMap(({ clusters = [], ...source }) => [source, ...clusters]);
}

/** Where the first linked clones of each template are: they share a disk of their own datastore. */
function linkedPlaces(city: City): Map<string, TemplatePlace> {
  const definitions = city.pools.filter(({ clone }) => clone === "linked").map((pool) => definitionOf(city, pool));
  return new Map(
    definitions.flatMap(({ pool, image, places }) =>
      [pool.imageVersion, pool.rollout?.to].flatMap((name) => {
        const version = name === undefined ? undefined : image.versions[name];
        if (version === undefined) return [];
        return places.map(({ cluster, datastore }) => [sourceOf(version, cluster).template, { cluster, datastore }]);
      }),
    ),
  );
}

type Template = Omit<InventoryTemplate, "cluster" | "datastore">;

/** Every library of image versions, with an item for each, made from a template of the same name. */
function libraries(city: City): InventoryLibrary[] {
  const items = sources(city);
  const names = new Set(items.flatMap(({ library }) => library ?? []));
  return [...names].map((name) => ({
    name,
    items: items.filter(({ library }) => library === name).map(({ template }) => ({ name: template, template })),
  }));
}

/** As a city makes them: with a virtual TPM where machines of the image have one. */
function imageTemplates(city: City): Template[] {
  const workstations = Object.values(city.workstations);
  return Object.entries(city.images).flatMap(([key, image]) => {
    const { guestId, diskGib, firmware } = image;
    const tpm = workstations.some((workstation) => workstation.image === key && workstation.tpm);
    const named = sources({ images: { [key]: image } }).map(({ template, snapshot }): [string, Template] => [
      template,
      {
        ...{ name: template, guestId, diskGib, firmware },
        ...(snapshot !== undefined && { snapshot }),
        ...(tpm && { tpm }),
      },
    ]);
    // Items of one name in libraries of several sites are made from one.
    return [...new Map(named).values()];
  });
}

/** Templates of gateways and access machines, unless they are an image's too: names are unique in vCenter. */
function machineTemplates(city: City): Template[] {
  const images = new Set(imageTemplates(city).map(({ name }) => name));
  const named = [city.network.gateway, city.access?.machines]
    .filter((machines) => machines !== undefined)
    .map(({ template, guestId, diskGib, firmware }): [string, Template] => [
      template,
      { name: template, guestId, diskGib, firmware },
    ]);
  return [...new Map(named).values()].filter(({ name }) => !images.has(name));
}

/** Those that the file names; an existing switch has some, also where the file does not say which. */
function adaptersOf(city: City): string[] {
  const named = [...new Set(hostAdapters(city).flatMap(({ adapters }) => adapters))];
  return named.length === 0 ? ["vmnic0"] : named;
}
