/** The stacks that are tried: one of each kind. */
export const STACKS = [
  "foundation",
  "network",
  "gateway-a",
  "desktops-tecnica-01",
  "desktops-smart-working-01",
] as const;

/** @see STACKS */
export type Stack = (typeof STACKS)[number];

/** The lab builds provider 1.26.0, where it is given no others: 2.15.0 (named by `POSTAZIONI_TEST_PROVIDERS`). */
const BUILT = process.env.POSTAZIONI_TEST_PROVIDERS === undefined;
/**
 * What provider 1.26.0 makes of a refused change of a machine in place: it says that it is done, for the upgrade of the
 * virtual hardware that it asks for next succeeds.
 */
const CHANGED = BUILT ? "change: ReconfigVM_Task, untold" : "change: ReconfigVM_Task";

/** What every machine that is cloned and configured needs, and which call of which phase is refused without it. */
const MACHINE = {
  "Datastore.AllocateSpace": "create: CloneVM_Task",
  "InventoryService.Tagging.AttachTag": "create: POST tag-association",
  "InventoryService.Tagging.ObjectAttachable": "create: POST tag-association",
  "Network.Assign": "create: CloneVM_Task",
  "Resource.AssignVMToPool": "create: CloneVM_Task",
  "StorageProfile.View": "create: PbmQueryAssociatedProfile",
  "VirtualMachine.Config.AddNewDisk": "create: CloneVM_Task",
  "VirtualMachine.Config.AddRemoveDevice": "create: ReconfigVM_Task",
  "VirtualMachine.Config.Annotation": "create: ReconfigVM_Task",
  "VirtualMachine.Config.CPUCount": "create: ReconfigVM_Task",
  "VirtualMachine.Config.DiskExtend": "create: ReconfigVM_Task",
  "VirtualMachine.Config.EditDevice": "create: ReconfigVM_Task",
  "VirtualMachine.Config.Memory": "create: ReconfigVM_Task",
  "VirtualMachine.Config.Rename": "create: ReconfigVM_Task",
  "VirtualMachine.Config.Resource": "create: ReconfigVM_Task",
  "VirtualMachine.Config.Settings": "create: ReconfigVM_Task",
  "VirtualMachine.Config.SwapPlacement": "create: ReconfigVM_Task",
  "VirtualMachine.Config.UpgradeVirtualHardware": "change: UpgradeVM_Task",
  "VirtualMachine.Interact.DeviceConnection": BUILT ? "create: ReconfigVM_Task" : "create: nothing",
  "VirtualMachine.Interact.PowerOff": "destroy: PowerOffVM_Task",
  "VirtualMachine.Interact.PowerOn": "create: PowerOnVM_Task",
  "VirtualMachine.Inventory.CreateFromExisting": "create: CloneVM_Task",
  "VirtualMachine.Inventory.Delete": "destroy: Destroy_Task",
  "VirtualMachine.Provisioning.DeployTemplate": "create: CloneVM_Task",
};

/** Which call is refused without each privilege, and in which phase; nothing, where only the other provider asks for it. */
export const REFUSED: Readonly<Record<Stack, Readonly<Record<string, string>>>> = {
  foundation: {
    "Authorization.ModifyPermissions": "create: SetEntityPermissions",
    "Authorization.ModifyRoles": "create: AddAuthorizationRole",
    "Folder.Create": "create: CreateFolder",
    "Folder.Delete": "destroy: Destroy_Task",
    "Folder.Move": "change: MoveIntoFolder_Task",
    "Global.ManageCustomFields": "create: AddCustomFieldDef",
    "Host.Inventory.EditCluster": "create: ReconfigureComputeResource_Task",
    "InventoryService.Tagging.AttachTag": "create: POST tag-association",
    "InventoryService.Tagging.CreateCategory": "create: POST category",
    "InventoryService.Tagging.CreateTag": "create: POST tag",
    "InventoryService.Tagging.DeleteCategory": "destroy: DELETE category",
    "InventoryService.Tagging.DeleteTag": "destroy: DELETE tag",
    "InventoryService.Tagging.EditTag": "change: PATCH tag",
    "InventoryService.Tagging.ObjectAttachable": "create: POST tag-association",
    "Resource.CreatePool": "create: CreateResourcePool",
    "Resource.DeletePool": "destroy: Destroy_Task",
    "Resource.EditPool": "change: UpdateConfig",
  },
  network: {
    "DVPortgroup.Create": "create: CreateDVPortgroup_Task",
    "DVPortgroup.Delete": "destroy: Destroy_Task",
    "DVPortgroup.Modify": "change: ReconfigureDVPortgroup_Task",
    "DVPortgroup.PolicyOp": "change: ReconfigureDVPortgroup_Task",
    "DVSwitch.Create": "create: CreateDVS_Task",
    "DVSwitch.Delete": "destroy: Destroy_Task",
    "DVSwitch.HostOp": "change: ReconfigureDvs_Task",
    "DVSwitch.Modify": "change: ReconfigureDvs_Task",
    "DVSwitch.PortSetting": "change: ReconfigureDvs_Task",
    "Host.Config.Network": "create: CreateDVS_Task",
    "InventoryService.Tagging.AttachTag": "create: POST tag-association",
    "InventoryService.Tagging.ObjectAttachable": "create: POST tag-association",
  },
  "gateway-a": {
    ...MACHINE,
    "Host.Inventory.EditCluster": "create: ReconfigureComputeResource_Task",
    "VirtualMachine.Config.DiskExtend": CHANGED,
    "VirtualMachine.Config.EditDevice": BUILT ? "create: ReconfigVM_Task" : CHANGED,
    "Resource.ColdMigrate": "change: RelocateVM_Task",
    "Resource.HotMigrate": "change: RelocateVM_Task",
    "VirtualMachine.Config.AdvancedConfig": "create: ReconfigVM_Task",
  },
  "desktops-tecnica-01": {
    ...MACHINE,
    "VirtualMachine.Config.AddRemoveDevice": BUILT ? "create: nothing" : "create: ReconfigVM_Task",
    "VirtualMachine.Provisioning.Customize": "create: CustomizeVM_Task",
    "Global.SetCustomField": "create: SetField",
    "Host.Inventory.EditCluster": "create: ReconfigureComputeResource_Task",
  },
  "desktops-smart-working-01": {
    ...MACHINE,
    "VirtualMachine.Config.AddRemoveDevice": BUILT ? "create: nothing" : "create: ReconfigVM_Task",
    "VirtualMachine.Provisioning.Customize": "create: CustomizeVM_Task",
    "Resource.ColdMigrate": "change: RelocateVM_Task",
    "Resource.HotMigrate": "change: RelocateVM_Task",
    "VirtualMachine.Config.RemoveDisk": CHANGED,
  },
};
