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
 * The places of privileges by the beginnings of their ids, the longer ones first. From the column "Required On" of VMware's
 * "vSphere Security" (8.0), "Defined Privileges". Two are narrower than their topic there: what CloneVM_Task asks of its
 * source ("vSphere Web Services API": DeployTemplate, Customize where it customizes, Clone of an encrypted one) is asked of
 * the template, and moves ("Migrate powered off virtual machine") of the machine, in whatever resource pool it is.
 */
const PLACES: readonly (readonly [beginning: string, place: PrivilegePlace])[] = [
  ["VirtualMachine.Provisioning.DeployTemplate", "template"],
  ["VirtualMachine.Provisioning.Customize", "template"],
  ["Cryptographer.Clone", "template"],
  ["Cryptographer.", "machine-folder"],
  ["Resource.ColdMigrate", "machine-folder"],
  ["Resource.HotMigrate", "machine-folder"],
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
