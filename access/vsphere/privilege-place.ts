/** Where a privilege is asked, before a city stands: vCenter's root, or a kind of object of the city's datacenter. */
export const PRIVILEGE_PLACES = [
  "root",
  "machine-folder",
  "network",
  "cluster",
  "host",
  "datastore",
  "template",
] as const;

/** @see PRIVILEGE_PLACES */
export type PrivilegePlace = (typeof PRIVILEGE_PLACES)[number];

/**
 * The places of privileges by the beginnings of their ids, the longer ones first. From the "vSphere Web Services API"
 * reference, "Required Privileges" of each method, and for tags from "Required Privileges for Common Tasks".
 */
const PLACES: readonly (readonly [beginning: string, place: PrivilegePlace])[] = [
  ["VirtualMachine.Provisioning.DeployTemplate", "template"],
  ["Authorization.ModifyPermissions", "machine-folder"],
  ["Global.SetCustomField", "machine-folder"],
  ["Host.Inventory.EditCluster", "cluster"],
  ["VirtualMachine.", "machine-folder"],
  ["Folder.", "machine-folder"],
  ["Resource.", "cluster"],
  ["Host.Config.", "host"],
  ["Datastore.", "datastore"],
  ["DVSwitch.", "network"],
  ["DVPortgroup.", "network"],
  ["Network.", "network"],
];

/** Where a privilege is asked. @param id such as `Folder.Create` */
export function placeOf(id: string): PrivilegePlace {
  return PLACES.find(([beginning]) => id.startsWith(beginning))?.[1] ?? "root";
}
