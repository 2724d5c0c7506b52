import { distinct, TAGGING, when } from "./privilege";
import type { Privilege } from "./privilege";

/** Features of a foundation that need privileges, besides tags, folders and resource pools. */
export interface FoundationUse {
  /** Custom attributes for who has a machine. */
  readonly holders: boolean;
  /** DRS host groups. */
  readonly hostGroups: boolean;
  /** Support roles. */
  readonly supportRoles: boolean;
  /** Permissions of support roles on folders, resource pools, datastores or clusters. */
  readonly supportPermissions: boolean;
}

/** Privileges to deploy, change and destroy a foundation. */
export function foundationPrivileges({
  holders,
  hostGroups,
  supportRoles,
  supportPermissions,
}: FoundationUse): Privilege[] {
  return distinct([
    ...TAGGING,
    { id: "InventoryService.Tagging.CreateCategory", why: "Tag categories." },
    { id: "InventoryService.Tagging.DeleteCategory", why: "Tag categories, when they go." },
    { id: "InventoryService.Tagging.CreateTag", why: "Tags." },
    { id: "InventoryService.Tagging.EditTag", why: "Tags, when what they stand for gets another name." },
    { id: "InventoryService.Tagging.DeleteTag", why: "Tags, when they go." },
    ...when(holders, { id: "Global.ManageCustomFields", why: "The custom attributes for who has a machine." }),
    { id: "Folder.Create", why: "Folders." },
    { id: "Folder.Move", why: "A pool's folder, when it goes into another one." },
    { id: "Folder.Delete", why: "Folders, when they go." },
    { id: "Resource.CreatePool", why: "Resource pools." },
    { id: "Resource.EditPool", why: "Resource pools, when their shares change." },
    { id: "Resource.DeletePool", why: "Resource pools, when they go." },
    ...when(hostGroups, { id: "Host.Inventory.EditCluster", why: "Host groups; a cluster's settings hold them." }),
    ...when(supportRoles, { id: "Authorization.ModifyRoles", why: "Roles for assistance." }),
    ...when(supportPermissions, {
      id: "Authorization.ModifyPermissions",
      why: "Permissions of assistance on folders, and on what their machines are on.",
    }),
  ]);
}
