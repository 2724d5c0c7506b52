import { expect, test } from "@jest/globals";
import { placeOf } from "../../../access/vsphere/privilege-place";
import type { PrivilegePlace } from "../../../access/vsphere/privilege-place";

/** "Required On" of vSphere Security, and of CloneVM_Task and RelocateVM_Task in the API's reference. */
const REQUIRED_ON: readonly (readonly [string, PrivilegePlace])[] = [
  ["VirtualMachine.Provisioning.DeployTemplate", "template"],
  ["VirtualMachine.Provisioning.Customize", "template"],
  ["Cryptographer.Clone", "template"],
  ["Cryptographer.Encrypt", "machine-folder"],
  ["Resource.ColdMigrate", "machine-folder"],
  ["Resource.HotMigrate", "machine-folder"],
  ["Resource.AssignVMToPool", "cluster"],
  ["Resource.CreatePool", "cluster"],
  ["Host.Inventory.EditCluster", "cluster"],
  ["Host.Config.Network", "host"],
  ["Datastore.AllocateSpace", "datastore"],
  ["DVSwitch.Create", "network"],
  ["Network.Assign", "network"],
  ["Folder.Create", "machine-folder"],
  ["VirtualMachine.Inventory.CreateFromExisting", "machine-folder"],
  ["Authorization.ModifyRoles", "root"],
  ["InventoryService.Tagging.CreateTag", "root"],
  ["StorageProfile.View", "root"],
];

test.each(REQUIRED_ON)("%s is asked of the %s", (id, place) => {
  expect(placeOf(id)).toBe(place);
});
