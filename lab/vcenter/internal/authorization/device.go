package authorization

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	adding   = types.VirtualDeviceConfigSpecOperationAdd
	editing  = types.VirtualDeviceConfigSpecOperationEdit
	removing = types.VirtualDeviceConfigSpecOperationRemove
)

// device follows the property deviceChange of VirtualMachineConfigSpec. Raw
// disks and a host's USB devices, which no desktop has, are not told apart.
func (n *needs) device(change *types.VirtualDeviceConfigSpec) {
	switch device := change.Device.(type) {
	case *types.VirtualDisk:
		n.disk(change, device)
	case types.BaseVirtualEthernetCard:
		n.card(change, device)
	case *types.VirtualCdrom:
		n.ask("VirtualMachine.Config.AddRemoveDevice", change.Operation != editing)
		n.ask("VirtualMachine.Interact.SetCDMedia", change.Operation == editing)
	case *types.VirtualTPM:
		// It encrypts the machine's home: "vSphere Security", "Add Virtual Trusted Platform Module".
		n.common(change.Operation)
		n.ask("Cryptographer.Encrypt", change.Operation == adding)
	default:
		n.common(change.Operation)
	}
}

// card needs DeviceConnection alone where the runtime connection changes and
// nothing else: EditDevice is for "the settings of any device", Network.Assign
// for "any network the virtual machine will be connected to".
func (n *needs) card(change *types.VirtualDeviceConfigSpec, device types.BaseVirtualEthernetCard) {
	card := device.GetVirtualEthernetCard()
	present := n.presentCard(card.Key)
	isEdit := change.Operation == editing
	n.ask("VirtualMachine.Interact.DeviceConnection", isEdit && card.Connectable != nil)
	if isEdit && present != nil && sameSettings(present, card) {
		return
	}
	n.common(change.Operation)
	if change.Operation != removing {
		n.network(card.Backing)
	}
}

func (n *needs) presentCard(key int32) *types.VirtualEthernetCard {
	vm, ok := n.registry.Get(n.machine).(*simulator.VirtualMachine)
	if !ok {
		return nil
	}
	for _, device := range vm.Config.Hardware.Device {
		if card, ok := device.(types.BaseVirtualEthernetCard); ok && card.GetVirtualEthernetCard().Key == key {
			return card.GetVirtualEthernetCard()
		}
	}
	return nil
}

// sameSettings tells whether what is sent has nothing new but the runtime
// connection; what is left out stays as it is.
func sameSettings(present, sent *types.VirtualEthernetCard) bool {
	link, kept := sent.Connectable, present.Connectable
	if link == nil || kept == nil || link.StartConnected != kept.StartConnected || link.AllowGuestControl != kept.AllowGuestControl {
		return false
	}
	return sent.ResourceAllocation == nil && sent.WakeOnLanEnabled == nil &&
		(sent.AddressType == "" || sent.AddressType == present.AddressType) &&
		(sent.MacAddress == "" || sent.MacAddress == present.MacAddress) &&
		(sent.Backing == nil || portGroup(sent.Backing) != "" && portGroup(sent.Backing) == portGroup(present.Backing))
}

// portGroup is the key of the port group that a card is in; empty elsewhere.
func portGroup(backing types.BaseVirtualDeviceBackingInfo) string {
	if port, ok := backing.(*types.VirtualEthernetCardDistributedVirtualPortBackingInfo); ok {
		return port.Port.PortgroupKey
	}
	return ""
}

// common is what any device needs that is no disk.
func (n *needs) common(operation types.VirtualDeviceConfigSpecOperation) {
	n.ask("VirtualMachine.Config.AddRemoveDevice", operation != editing)
	n.ask("VirtualMachine.Config.EditDevice", operation == editing)
}

func (n *needs) disk(change *types.VirtualDeviceConfigSpec, disk *types.VirtualDisk) {
	isNew := change.Operation == adding && change.FileOperation != ""
	grows := change.Operation == editing && n.grows(disk)
	n.ask("VirtualMachine.Config.AddNewDisk", isNew)
	n.ask("VirtualMachine.Config.AddExistingDisk", change.Operation == adding && change.FileOperation == "")
	n.ask("VirtualMachine.Config.RemoveDisk", change.Operation == removing)
	n.ask("VirtualMachine.Config.EditDevice", change.Operation == editing)
	n.ask("VirtualMachine.Config.DiskExtend", grows)
	n.ask("VirtualMachine.Config.Resource", change.Operation != removing && disk.StorageIOAllocation != nil)
	if isNew || grows {
		n.on(n.datastore(disk), "Datastore.AllocateSpace", true)
	}
}

func (n *needs) grows(disk *types.VirtualDisk) bool {
	vm, ok := n.registry.Get(n.machine).(*simulator.VirtualMachine)
	if !ok {
		return false
	}
	for _, device := range vm.Config.Hardware.Device {
		if present, ok := device.(*types.VirtualDisk); ok && present.Key == disk.Key {
			return disk.CapacityInBytes > present.CapacityInBytes || disk.CapacityInKB > present.CapacityInKB
		}
	}
	return false
}

// datastore is where a disk lies, or the machine where none is named.
func (n *needs) datastore(disk *types.VirtualDisk) ref {
	if backing, ok := disk.Backing.(types.BaseVirtualDeviceFileBackingInfo); ok {
		if named := backing.GetVirtualDeviceFileBackingInfo().Datastore; named != nil {
			return *named
		}
	}
	if vm, ok := n.registry.Get(n.machine).(*simulator.VirtualMachine); ok && len(vm.Datastore) > 0 {
		return vm.Datastore[0]
	}
	return n.machine
}

// network needs that a machine may be connected to what a card names.
func (n *needs) network(backing types.BaseVirtualDeviceBackingInfo) {
	switch backing := backing.(type) {
	case *types.VirtualEthernetCardDistributedVirtualPortBackingInfo:
		n.networks([]ref{{Type: "DistributedVirtualPortgroup", Value: backing.Port.PortgroupKey}})
	case *types.VirtualEthernetCardNetworkBackingInfo:
		if backing.Network != nil {
			n.networks([]ref{*backing.Network})
		}
	}
}

func (n *needs) networks(all []ref) {
	for _, network := range all {
		n.on(network, "Network.Assign", true)
	}
}
