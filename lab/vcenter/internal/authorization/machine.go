package authorization

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// needs collects what a change of one machine needs.
type needs struct {
	registry *simulator.Registry
	machine  ref
	all      []Need
}

// on adds a privilege on an object where it is asked for.
func (n *needs) on(object ref, privilege string, asked bool) {
	if asked {
		n.all = append(n.all, Need{privilege, object})
	}
}

// ask adds a privilege on the machine.
func (n *needs) ask(privilege string, asked bool) { n.on(n.machine, privilege, asked) }

// clone follows CloneVM_Task of the reference, and for the new disk and the
// networks "Required Privileges for Common Tasks" of "vSphere Security".
func clone(registry *simulator.Registry, this ref, body any) []Need {
	req := body.(*types.CloneVM_Task)
	n := &needs{registry: registry, machine: this}
	source, _ := registry.Get(this).(*simulator.VirtualMachine)
	template := source != nil && source.Config.Template
	n.ask("VirtualMachine.Provisioning.DeployTemplate", template && !req.Spec.Template)
	n.ask("VirtualMachine.Provisioning.CloneTemplate", template && req.Spec.Template)
	n.ask("VirtualMachine.Provisioning.Clone", !template && !req.Spec.Template)
	n.ask("VirtualMachine.Provisioning.CreateTemplateFromVM", !template && req.Spec.Template)
	n.ask("VirtualMachine.Provisioning.Customize", req.Spec.Customization != nil)
	n.ask("Cryptographer.Clone", source != nil && encrypted(source))
	n.on(req.Folder, "VirtualMachine.Inventory.CreateFromExisting", true)
	n.on(req.Folder, "VirtualMachine.Config.AddNewDisk", true)
	if req.Spec.Location.Pool != nil {
		n.on(*req.Spec.Location.Pool, "Resource.AssignVMToPool", !req.Spec.Template)
	}
	n.place(&req.Spec.Location)
	if source != nil && len(req.Spec.Location.DeviceChange) == 0 {
		n.networks(source.Network)
	}
	if config := req.Spec.Config; config != nil {
		n.on(req.Folder, "VirtualMachine.Config.AdvancedConfig", len(config.ExtraConfig) > 0)
		n.on(req.Folder, "VirtualMachine.Config.SwapPlacement", config.SwapPlacement != "")
	}
	return n.all
}

// snapshot needs the space for its disks too: "Required Privileges for Common
// Tasks" of "vSphere Security", what consumes storage space.
func snapshot(registry *simulator.Registry, this ref, _ any) []Need {
	n := &needs{registry: registry, machine: this}
	n.ask("VirtualMachine.State.CreateSnapshot", true)
	if vm, ok := registry.Get(this).(*simulator.VirtualMachine); ok {
		for _, datastore := range vm.Datastore {
			n.on(datastore, "Datastore.AllocateSpace", true)
		}
	}
	return n.all
}

// ofSnapshot needs a privilege on the machine that the snapshot is of.
func ofSnapshot(privilege string) rule {
	return func(registry *simulator.Registry, this ref, _ any) []Need {
		if snapshot, ok := registry.Get(this).(*simulator.VirtualMachineSnapshot); ok {
			return []Need{{privilege, snapshot.Vm}}
		}
		return []Need{{privilege, this}}
	}
}

func encrypted(machine *simulator.VirtualMachine) bool {
	for _, device := range machine.Config.Hardware.Device {
		if _, ok := device.(*types.VirtualTPM); ok {
			return true
		}
	}
	return machine.Config.KeyId != nil
}

// place needs the space and the networks of where a machine goes.
func (n *needs) place(to *types.VirtualMachineRelocateSpec) {
	if to.Datastore != nil {
		n.on(*to.Datastore, "Datastore.AllocateSpace", true)
	}
	for _, disk := range to.Disk {
		n.on(disk.Datastore, "Datastore.AllocateSpace", true)
	}
	for _, change := range to.DeviceChange {
		if card, ok := change.GetVirtualDeviceConfigSpec().Device.(types.BaseVirtualEthernetCard); ok {
			n.network(card.GetVirtualEthernetCard().Backing)
		}
	}
}

// placement needs what the call needs for which Storage DRS recommends a place,
// and the space of the datastore cluster: permissions there are passed on.
func placement(registry *simulator.Registry, _ ref, body any) []Need {
	spec := &body.(*types.RecommendDatastores).StorageSpec
	if spec.Vm == nil {
		return []Need{{unlisted, root()}}
	}
	var all []Need
	switch {
	case spec.CloneSpec != nil && spec.Folder != nil:
		all = clone(registry, *spec.Vm, &types.CloneVM_Task{This: *spec.Vm, Folder: *spec.Folder, Name: spec.CloneName, Spec: *spec.CloneSpec})
	case spec.RelocateSpec != nil:
		all = relocate(registry, *spec.Vm, &types.RelocateVM_Task{This: *spec.Vm, Spec: *spec.RelocateSpec})
	case spec.ConfigSpec != nil:
		all = reconfigure(registry, *spec.Vm, &types.ReconfigVM_Task{This: *spec.Vm, Spec: *spec.ConfigSpec})
	}
	if pod := spec.PodSelectionSpec.StoragePod; pod != nil {
		all = append(all, Need{"Datastore.AllocateSpace", *pod})
	}
	return all
}

// relocate follows RelocateVM_Task of the reference.
func relocate(registry *simulator.Registry, this ref, body any) []Need {
	spec := &body.(*types.RelocateVM_Task).Spec
	n := &needs{registry: registry, machine: this}
	vm, _ := registry.Get(this).(*simulator.VirtualMachine)
	n.ask("Resource.ColdMigrate", true)
	n.ask("Resource.HotMigrate", vm != nil && vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn)
	if spec.Pool != nil {
		n.on(*spec.Pool, "Resource.AssignVMToPool", true)
	}
	if spec.Folder != nil {
		n.ask("VirtualMachine.Inventory.Move", true)
		n.on(*spec.Folder, "VirtualMachine.Inventory.Move", true)
	}
	n.place(spec)
	return n.all
}

// reconfigure follows ReconfigVM_Task of the reference and what that says
// beside each property: what is named needs its privilege, changed or not.
// DVSwitch.CanUse and DVPortgroup.CanUse, which it also names, are not among
// the privileges that a vCenter 8 has; Network.Assign is.
func reconfigure(registry *simulator.Registry, this ref, body any) []Need {
	spec := &body.(*types.ReconfigVM_Task).Spec
	n := &needs{registry: registry, machine: this}
	n.ask("VirtualMachine.Config.Rename", spec.Name != "")
	n.ask("VirtualMachine.Config.Annotation", spec.Annotation != "")
	n.ask("VirtualMachine.Config.CPUCount", spec.NumCPUs != 0 || spec.NumCoresPerSocket != nil ||
		spec.CpuHotAddEnabled != nil || spec.CpuHotRemoveEnabled != nil)
	n.ask("VirtualMachine.Config.Memory", spec.MemoryMB != 0 || spec.MemoryHotAddEnabled != nil)
	n.ask("VirtualMachine.Config.Settings", settings(spec))
	n.ask("VirtualMachine.Config.Resource", resources(spec))
	n.ask("VirtualMachine.Config.AdvancedConfig", len(spec.ExtraConfig) > 0)
	n.ask("VirtualMachine.Config.SwapPlacement", spec.SwapPlacement != "")
	n.ask("VirtualMachine.Config.ChangeTracking", spec.ChangeTrackingEnabled != nil)
	n.ask("VirtualMachine.Config.MksControl", spec.MaxMksConnections != 0 || spec.GuestAutoLockEnabled != nil)
	n.ask("VirtualMachine.Config.ManagedBy", spec.ManagedBy != nil)
	n.ask("VApp.ApplicationConfig", spec.VAppConfig != nil || spec.VAppConfigRemoved != nil)
	_, encrypts := spec.Crypto.(*types.CryptoSpecEncrypt)
	n.ask("Cryptographer.Encrypt", encrypts)
	for _, change := range spec.DeviceChange {
		n.device(change.GetVirtualDeviceConfigSpec())
	}
	return n.all
}

func settings(spec *types.VirtualMachineConfigSpec) bool {
	return spec.GuestId != "" || spec.AlternateGuestName != "" || spec.Uuid != "" || spec.InstanceUuid != "" ||
		spec.Flags != nil || spec.Tools != nil || spec.PowerOpInfo != nil || spec.BootOptions != nil || spec.Firmware != "" ||
		spec.ConsolePreferences != nil || len(spec.CpuFeatureMask) > 0 || spec.NestedHVEnabled != nil || spec.VPMCEnabled != nil
}

func resources(spec *types.VirtualMachineConfigSpec) bool {
	return spec.CpuAllocation != nil || spec.MemoryAllocation != nil || spec.LatencySensitivity != nil ||
		spec.CpuAffinity != nil || spec.MemoryAffinity != nil || spec.NetworkShaper != nil || spec.MemoryReservationLockedToMax != nil
}
