import type { City } from "../../environments/model/city";
import { grantPrivileges, supportGrants } from "../../environments/support/support-grants";
import type { SupportObject } from "../../environments/support/support-scope";
import type { LabSession } from "../../lab/session";
import type { ManagedObject } from "../../vcenter/managed-object";
import { Places } from "../../vcenter/places";
import type { VcenterClient } from "../../vcenter/vcenter-client";
import { childText, childrenOf } from "../../vcenter/xml";
import { guardedPassword, vcenterClient } from "./guarded-login";

/** Privileges by the object on which they are held; "System.Read" stands for those that every role has. */
export type Held = Readonly<Record<string, readonly string[]>>;

const READ = "System.Read";
const KINDS = [
  ...["Folder", "VirtualMachine", "ResourcePool", "Datastore", "ClusterComputeResource", "HostSystem"],
  ...["DistributedVirtualPortgroup", "VmwareDistributedVirtualSwitch", "Datacenter"],
];
const ASKED = 40;

/** Every privilege that a member of a group holds on any object of a city's vCenter: each of vCenter's own is asked on each object. */
export async function heldPrivileges(lab: LabSession, city: string, group: string): Promise<Held> {
  const session = await vcenterClient(lab, city, group, guardedPassword(lab));
  try {
    const privileges = await everyPrivilege(session);
    const objects = await everyObject(session);
    const names = namesOf(objects);
    const held: [string, string[]][] = [];
    for (let first = 0; first < objects.length; first += ASKED) {
      const some = objects.slice(first, first + ASKED);
      const lacked = await session.lacked(some, privileges);
      some.forEach((object, index) => {
        const granted = privileges.filter((id) => lacked[index]?.includes(id) !== true);
        if (granted.length > 0) held.push([names.get(object.id) ?? "", granted]);
      });
    }
    return Object.fromEntries(held.sort(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    await session.logOut();
  }
}

/** What a city's file gives a role, on every object that there is: folders pass it on to what is below, clusters to hosts and pools. */
export async function declaredPrivileges(lab: LabSession, city: City, role: string): Promise<Held> {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.environment();
  const session = await vcenterClient(lab, city.city.id, user, password);
  try {
    const objects = await everyObject(session);
    const [places, names] = [new Places(objects), namesOf(objects)];
    const grants = supportGrants(city).filter((grant) => grant.role === role);
    const given = grants.flatMap((grant) =>
      objects
        .filter((object) => objectPath(city, object, places, grant.object) !== undefined)
        .map(({ id }): [string, string[]] => [id, [READ, ...grantPrivileges(grant)].sort()]),
    );
    const direct = new Map(given);
    const nearest = (object: ManagedObject): string[] | undefined => {
      const own = direct.get(object.id);
      if (own !== undefined) return own;
      const parent = places.parent(object);
      return parent !== undefined && passesOn(parent, direct) ? nearest(parent) : undefined;
    };
    const held = objects.flatMap((object): [string, string[]][] => {
      const privileges = nearest(object);
      return privileges === undefined ? [] : [[names.get(object.id) ?? "", privileges]];
    });
    return Object.fromEntries(held.sort(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    await session.logOut();
  }
}

/** A permission on a folder, a cluster or a storage cluster holds below it; one on a resource pool, a datastore or a port group does not. */
function passesOn({ type, id }: ManagedObject, direct: ReadonlyMap<string, unknown>): boolean {
  return !direct.has(id) || type === "Folder" || type === "ClusterComputeResource" || type === "StoragePod";
}

const TYPES: Readonly<Record<SupportObject["kind"], string>> = {
  city: "Folder",
  directorate: "Folder",
  container: "Folder",
  "resource-pool": "ResourcePool",
  datastore: "Datastore",
  "storage-cluster": "StoragePod",
  cluster: "ClusterComputeResource",
  "port-group": "DistributedVirtualPortgroup",
};

/** The name of an object of vCenter, if a grant's object is it. */
function objectPath(
  city: City,
  object: ManagedObject,
  places: Places,
  { kind, name }: SupportObject,
): string | undefined {
  if (object.type !== TYPES[kind]) return undefined;
  const wanted = {
    ...{ city: name, directorate: `${city.city.id}/${name}`, container: containerPath(city, name) },
    ...{
      "resource-pool": `${city.city.id}-${name}`,
      datastore: name,
      "storage-cluster": name,
      cluster: name,
      "port-group": name,
    },
  }[kind];
  const own = object.type === "Folder" ? places.path(object) : object.name;
  return own === wanted ? own : undefined;
}

function containerPath({ city, pools }: City, name: string): string {
  const pool = pools.find((one) => one.name === name);
  return pool === undefined ? `${city.id}/${name}` : `${city.id}/${String(pool.directorate)}/${name}`;
}

function everyObject(session: VcenterClient): Promise<ManagedObject[]> {
  return session.objects(Object.fromEntries(KINDS.map((kind) => [kind, ["name", "parent"]])));
}

/** Those of vCenter's own administrator, of which every role that reads has three. */
async function everyPrivilege(session: VcenterClient): Promise<string[]> {
  const id = (await session.manager("authorizationManager")) ?? "";
  const [manager] = await session.properties("AuthorizationManager", [id], ["roleList"]);
  const admin = (manager?.items("roleList") ?? []).find((role) => childText(role, "name") === "Admin");
  const all = childrenOf(admin, "privilege").map(({ text }) => text);
  return all.filter((privilege) => privilege === READ || !privilege.startsWith("System."));
}

function namesOf(objects: readonly ManagedObject[]): ReadonlyMap<string, string> {
  const places = new Places(objects);
  const above = (object: ManagedObject): string => {
    const parent = places.parent(object);
    return `${parent === undefined ? "" : above(parent)}/${object.name}`;
  };
  return new Map(objects.map((object) => [object.id, `${object.type} ${above(object)}`]));
}
