import type { PrivilegePlace } from "../access/vsphere/privilege-place";
import { quoted } from "../environments/display";
import { cityFolder } from "../environments/folder-names";
import type { DeployedCity } from "../environments/model/city";
import type { Path } from "../environments/path";
import type { ManagedObject } from "../vcenter/managed-object";
import { Places } from "../vcenter/places";
import type { ObjectId } from "../vcenter/vcenter-client";
import { namedTemplates } from "./machines";

/** An object on which a login's privileges are asked. */
export interface PrivilegedObject extends ObjectId {
  readonly place: PrivilegePlace;
  /** What it is, for people: `the host "esx-a01.example"`. */
  readonly name: string;
  /** What of the city's file names it. */
  readonly path: Path;
}

/** A name of the file's, at its place. */
type Named = Omit<PrivilegedObject, "id">;

/**
 * Of each place the objects that the file names, as far as they stand.
 * @param objects those of an inventory
 * @param root id of vCenter's root folder
 */
export function privilegedObjects(
  city: DeployedCity,
  objects: readonly ManagedObject[],
  root: string,
): PrivilegedObject[] {
  const { datacenter } = city.platform.vsphere;
  const places = new Places(objects);
  const within = objects.filter((object) => places.datacenter(object) === datacenter);
  const named = namedObjects(city).flatMap((one) =>
    within.filter(({ type, name }) => type === one.type && name === one.name).map(({ id }) => labelled(one, id)),
  );
  return [
    { type: "Folder", id: root, place: "root", name: "vCenter's root", path: ["platform", "vsphere", "server"] },
    ...folders(
      city,
      objects.find(({ type, name }) => type === "Datacenter" && name === datacenter),
    ),
    ...named,
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  ClusterComputeResource: "cluster",
  HostSystem: "host",
  Datastore: "datastore",
  StoragePod: "storage cluster",
  VirtualMachine: "template",
  VmwareDistributedVirtualSwitch: "switch",
};

function labelled({ type, name, ...rest }: Named, id: string): PrivilegedObject {
  return { ...rest, type, id, name: `the ${WORDS[type] ?? type} ${quoted(name)}` };
}

function namedObjects(city: DeployedCity): Named[] {
  const { clusters, datastores } = city.platform;
  const { switch: own } = city.network;
  const at = (place: PrivilegePlace, type: string, name: string, path: Path): Named => ({ place, type, name, path });
  const PLATFORM = ["platform"];
  return [
    ...clusters.flatMap(({ name, hosts }, index) => [
      at("cluster", "ClusterComputeResource", name, [...PLATFORM, "clusters", index, "name"]),
      ...hosts.map((host, number) => at("host", "HostSystem", host, [...PLATFORM, "clusters", index, "hosts", number])),
    ]),
    ...datastores.map(({ name, members }, index) =>
      at("datastore", members === undefined ? "Datastore" : "StoragePod", name, [
        ...PLATFORM,
        "datastores",
        index,
        "name",
      ]),
    ),
    ...namedTemplates(city).map(({ name, path }) => at("template", "VirtualMachine", name, path)),
    ...(own.existing ? [at("network", "VmwareDistributedVirtualSwitch", own.name, ["network", "switch", "name"])] : []),
  ];
}

/** The datacenter's folders of machines and, where the switch is to be made, of networks. */
function folders({ network }: DeployedCity, datacenter: ManagedObject | undefined): PrivilegedObject[] {
  const folder = (place: PrivilegePlace, key: string, name: string): PrivilegedObject[] => {
    const id = datacenter?.text(key);
    return id === undefined ? [] : [{ type: "Folder", id, place, name, path: ["platform", "vsphere", "datacenter"] }];
  };
  return [
    ...folder("machine-folder", "vmFolder", "the datacenter's folder of machines"),
    ...(network.switch.existing ? [] : folder("network", "networkFolder", "the datacenter's folder of networks")),
  ];
}

/** The folders of the city's directorates, and of its pools without one, that stand: where alone first secrets' login is permitted. */
export function machineFolders(city: DeployedCity, objects: readonly ManagedObject[]): PrivilegedObject[] {
  const places = new Places(objects);
  const own = [
    ...city.directorates.map(({ id: name }, index) => ({ name, path: ["directorates", index, "id"] })),
    ...city.pools.flatMap(({ name, directorate }, index) =>
      directorate === undefined ? [{ name, path: ["pools", index, "name"] }] : [],
    ),
  ];
  return own.flatMap(({ name: child, path }) => {
    const folder = `${cityFolder(city)}/${child}`;
    const name = `the folder ${quoted(folder)}`;
    return objects.flatMap((one) =>
      one.type === "Folder" &&
      places.datacenter(one) === city.platform.vsphere.datacenter &&
      places.path(one) === folder
        ? [{ type: one.type, id: one.id, place: "machine-folder" as const, name, path }]
        : [],
    );
  });
}
