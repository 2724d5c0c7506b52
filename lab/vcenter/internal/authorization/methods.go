package authorization

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

type ref = types.ManagedObjectReference

// rule says what a call on an object needs.
type rule func(registry *simulator.Registry, this ref, body any) []Need

// unlisted stands for the privilege of a call that no table knows.
const unlisted = "a line in the table of privileges"

// The privileges of each call, as the "vSphere Web Services API" reference
// says under "Required Privileges" and pyVmomi 9.1 carries in its own tables
// of methods. Where they depend on what is asked for, a function tells.
var rules = map[string]rule{
	"AddAuthorizationRole":            here("Authorization.ModifyRoles"),
	"UpdateAuthorizationRole":         here("Authorization.ModifyRoles"),
	"RemoveAuthorizationRole":         here("Authorization.ModifyRoles"),
	"SetEntityPermissions":            permissions,
	"RemoveEntityPermission":          permissions,
	"AddCustomFieldDef":               here("Global.ManageCustomFields"),
	"RenameCustomFieldDef":            here("Global.ManageCustomFields"),
	"RemoveCustomFieldDef":            here("Global.ManageCustomFields"),
	"SetField":                        setField,
	"CreateFolder":                    here("Folder.Create"),
	"Destroy_Task":                    destroy,
	"Rename_Task":                     rename,
	"MoveIntoFolder_Task":             moveIntoFolder,
	"CreateResourcePool":              here("Resource.CreatePool"),
	"UpdateConfig":                    changePool,
	"MoveIntoResourcePool":            moveIntoPool,
	"ReconfigureComputeResource_Task": here("Host.Inventory.EditCluster"),
	"ReconfigureCluster_Task":         here("Host.Inventory.EditCluster"),
	"CreateDVS_Task":                  createSwitch,
	"ReconfigureDvs_Task":             changeSwitch,
	"EnableNetworkResourceManagement": here("DVSwitch.ResourceManagement"),
	"CreateDVPortgroup_Task":          here("DVPortgroup.Create"),
	"AddDVPortgroup_Task":             here("DVPortgroup.Create"),
	"ReconfigureDVPortgroup_Task":     changeGroup,
	"CloneVM_Task":                    clone,
	"ReconfigVM_Task":                 reconfigure,
	"RelocateVM_Task":                 relocate,
	"RecommendDatastores":             placement,
	"CustomizeVM_Task":                here("VirtualMachine.Provisioning.Customize"),
	"CheckCustomizationSpec":          here("VirtualMachine.Provisioning.Customize"),
	"UpgradeVM_Task":                  here("VirtualMachine.Config.UpgradeVirtualHardware"),
	"PowerOnVM_Task":                  here("VirtualMachine.Interact.PowerOn"),
	"PowerOnMultiVM_Task":             powerOnAll,
	"PowerOffVM_Task":                 here("VirtualMachine.Interact.PowerOff"),
	"ShutdownGuest":                   here("VirtualMachine.Interact.PowerOff"),
	"ResetVM_Task":                    here("VirtualMachine.Interact.Reset"),
	"RebootGuest":                     here("VirtualMachine.Interact.Reset"),
	"SuspendVM_Task":                  here("VirtualMachine.Interact.Suspend"),
	"AcquireTicket":                   here("VirtualMachine.Interact.ConsoleInteract"),
	"CreateSnapshot_Task":             snapshot,
	"RevertToCurrentSnapshot_Task":    here("VirtualMachine.State.RevertToSnapshot"),
	"RevertToSnapshot_Task":           ofSnapshot("VirtualMachine.State.RevertToSnapshot"),
	"RemoveSnapshot_Task":             ofSnapshot("VirtualMachine.State.RemoveSnapshot"),
	"RemoveAllSnapshots_Task":         here("VirtualMachine.State.RemoveSnapshot"),
	"UnregisterVM":                    here("VirtualMachine.Inventory.Unregister"),
	"PbmQueryProfile":                 here("StorageProfile.View"),
	"PbmRetrieveContent":              here("StorageProfile.View"),
	"PbmQueryAssociatedProfile":       here("StorageProfile.View"),
	"PbmQueryAssociatedProfiles":      here("StorageProfile.View"),
}

// What only asks for System.View or System.Read, which every role holds. That
// nobody sees an object on which he has no role is not modelled.
var reads = []string{
	"CancelWaitForUpdates", "CreateCollectorForEvents", "CreateContainerView", "CreateFilter", "CreatePropertyCollector",
	"CurrentTime", "DestroyCollector", "DestroyPropertyCollector", "DestroyPropertyFilter", "DestroyView", "Fetch", "FetchDVPorts",
	"DVSManagerLookupDvPortGroup", "FindAllByUuid", "FindByInventoryPath", "FindByUuid", "FindChild", "Login", "Logout",
	"PbmRetrieveServiceContent", "QueryConfigOption", "QueryConfigOptionDescriptor", "QueryConfigOptionEx", "QueryConfigTarget",
	"QueryDvsByUuid", "QueryEvents", "ReadNextEvents", "RetrieveEntityPermissions", "RetrieveProperties", "RetrievePropertiesEx",
	"RetrieveRolePermissions", "RetrieveServiceContent", "SessionIsActive", "SetCollectorPageSize", "WaitForUpdates", "WaitForUpdatesEx",
	"ContinueRetrievePropertiesEx", "RetrieveAllPermissions", "HasPrivilegeOnEntities", "QueryAssignedLicenses",
	// Its privileges are asked when it is recommended: the call has a key alone.
	"ApplyStorageDrsRecommendation_Task",
}

func needsOf(registry *simulator.Registry, call *simulator.Method) []Need {
	if needs, ok := rules[call.Name]; ok {
		return needs(registry, call.This, call.Body)
	}
	if slices.Contains(reads, call.Name) {
		return nil
	}
	return []Need{{unlisted, call.This}}
}

// here needs a privilege on the object that the call is made on.
func here(privilege string) rule {
	return func(_ *simulator.Registry, this ref, _ any) []Need { return []Need{{privilege, this}} }
}

func permissions(registry *simulator.Registry, _ ref, body any) []Need {
	var on ref
	switch req := body.(type) {
	case *types.SetEntityPermissions:
		on = req.Entity
	case *types.RemoveEntityPermission:
		on = req.Entity
	}
	return withParent(registry, "Authorization.ModifyPermissions", on)
}

func setField(_ *simulator.Registry, _ ref, body any) []Need {
	return []Need{{"Global.SetCustomField", body.(*types.SetField).Entity}}
}

// withParent needs a privilege on an object and on what it is in.
func withParent(registry *simulator.Registry, privilege string, on ref) []Need {
	needs := []Need{{privilege, on}}
	if found, ok := registry.Get(on).(mo.Entity); ok && found.Entity().Parent != nil {
		needs = append(needs, Need{privilege, *found.Entity().Parent})
	}
	return needs
}

var deletes = map[string]string{
	"Folder":                      "Folder.Delete",
	"ResourcePool":                "Resource.DeletePool",
	"VirtualMachine":              "VirtualMachine.Inventory.Delete",
	"DistributedVirtualSwitch":    "DVSwitch.Delete",
	"DistributedVirtualPortgroup": "DVPortgroup.Delete",
}

var renames = map[string]string{
	"Folder":                      "Folder.Rename",
	"ResourcePool":                "Resource.RenamePool",
	"VirtualMachine":              "VirtualMachine.Config.Rename",
	"DistributedVirtualSwitch":    "DVSwitch.Modify",
	"DistributedVirtualPortgroup": "DVPortgroup.Modify",
}

var moves = map[string]string{
	"Folder":                   "Folder.Move",
	"ResourcePool":             "Resource.MovePool",
	"VirtualMachine":           "VirtualMachine.Inventory.Move",
	"DistributedVirtualSwitch": "DVSwitch.Move",
}

func orUnlisted(table map[string]string, kind string) string {
	if privilege, ok := table[kind]; ok {
		return privilege
	}
	return unlisted
}

func destroy(registry *simulator.Registry, this ref, _ any) []Need {
	return withParent(registry, orUnlisted(deletes, this.Type), this)
}

func rename(_ *simulator.Registry, this ref, _ any) []Need {
	return []Need{{orUnlisted(renames, this.Type), this}}
}

// moveIntoFolder needs its privilege on what moves, from where and to where.
func moveIntoFolder(registry *simulator.Registry, this ref, body any) []Need {
	var needs []Need
	for _, moved := range body.(*types.MoveIntoFolder_Task).List {
		privilege := orUnlisted(moves, moved.Type)
		needs = append(append(needs, Need{privilege, this}), withParent(registry, privilege, moved)...)
	}
	return needs
}

func moveIntoPool(registry *simulator.Registry, this ref, body any) []Need {
	var needs []Need
	for _, moved := range body.(*types.MoveIntoResourcePool).List {
		if moved.Type == "VirtualMachine" {
			needs = append(needs, Need{"Resource.AssignVMToPool", this}, Need{"Resource.AssignVMToPool", moved})
		} else {
			needs = append(append(needs, Need{"Resource.MovePool", this}), withParent(registry, "Resource.MovePool", moved)...)
		}
	}
	return needs
}

func changePool(registry *simulator.Registry, this ref, body any) []Need {
	req := body.(*types.UpdateConfig)
	var needs []Need
	if req.Config != nil {
		needs = append(needs, Need{"Resource.EditPool", this})
	}
	if pool, ok := registry.Get(this).(mo.Entity); ok && req.Name != "" && req.Name != pool.Entity().Name {
		needs = append(needs, Need{"Resource.RenamePool", this})
	}
	return needs
}

func powerOnAll(_ *simulator.Registry, _ ref, body any) []Need {
	var needs []Need
	for _, machine := range body.(*types.PowerOnMultiVM_Task).Vm {
		needs = append(needs, Need{"VirtualMachine.Interact.PowerOn", machine})
	}
	return needs
}

// root is where what is in no folder is permitted.
func root() ref { return vpx.ServiceContent.RootFolder }
