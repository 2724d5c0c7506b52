package snapshot

import (
	"time"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func (s *Snapshot) addInventory(in *index) {
	for _, content := range in.contents["Folder"] {
		s.Folders = append(s.Folders, in.path(content.Obj))
	}
	for _, content := range in.contents["ResourcePool"] {
		s.ResourcePools = append(s.ResourcePools, pool(in, load[mo.ResourcePool](content)))
	}
	for _, content := range in.contents["ClusterComputeResource"] {
		s.Clusters = append(s.Clusters, cluster(in, load[mo.ClusterComputeResource](content)))
	}
	for _, content := range in.contents["VmwareDistributedVirtualSwitch"] {
		s.DistributedSwitches = append(s.DistributedSwitches, distributedSwitch(in, load[mo.VmwareDistributedVirtualSwitch](content)))
	}
	for _, content := range in.contents["DistributedVirtualPortgroup"] {
		s.PortGroups = append(s.PortGroups, portGroup(in, load[mo.DistributedVirtualPortgroup](content)))
	}
	for _, content := range in.contents["VirtualMachine"] {
		vm := load[mo.VirtualMachine](content)
		if vm.Config != nil && vm.Config.Template {
			s.Templates = append(s.Templates, machine(in, vm))
		} else {
			s.VirtualMachines = append(s.VirtualMachines, machine(in, vm))
		}
	}
}

func pool(in *index, p mo.ResourcePool) ResourcePool {
	return ResourcePool{
		Path:                 in.path(p.Self),
		CPUReservationMhz:    number(p.Config.CpuAllocation.Reservation),
		MemoryReservationMib: number(p.Config.MemoryAllocation.Reservation),
		CPUShares:            shares(p.Config.CpuAllocation.Shares),
		MemoryShares:         shares(p.Config.MemoryAllocation.Shares),
	}
}

func shares(s *types.SharesInfo) Shares {
	if s == nil {
		return Shares{}
	}
	return Shares{string(s.Level), s.Shares}
}

func number(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func machine(in *index, vm mo.VirtualMachine) Machine {
	m := Machine{
		Name:         in.names[vm.Self],
		Folder:       in.pathOf(parent(in, vm.Self)),
		ResourcePool: in.pathOf(vm.ResourcePool),
		Host:         in.nameOf(vm.Runtime.Host),
		Datastores:   in.namesOf(vm.Datastore),
		Networks:     in.namesOf(vm.Network),
		Tags:         sorted(in.tags[vm.Self]),
		PowerState:   string(vm.Runtime.PowerState),
	}
	if boot := vm.Summary.Runtime.BootTime; boot != nil {
		m.BootTime = boot.Format(time.RFC3339Nano)
	}
	m.CustomAttributes = attributes(in, vm.CustomValue)
	if vm.Guest != nil {
		m.HostName = vm.Guest.HostName
	}
	if config := vm.Config; config != nil {
		m.Annotation, m.InstanceUUID = config.Annotation, config.InstanceUuid
		m.GuestID, m.Firmware, m.SecureBoot = config.GuestId, config.Firmware, secureBoot(config.BootOptions)
		m.Cpus, m.MemoryMib = config.Hardware.NumCPU, config.Hardware.MemoryMB
		m.ReservedMib = reservation(config.MemoryAllocation)
		m.Disks, m.Vtpm = disks(config.Hardware.Device), hasVtpm(config.Hardware.Device)
		m.Adapters = cards(in, config.Hardware.Device)
		m.Guestinfo, m.Svga = settings("guestinfo.", config.ExtraConfig), settings("svga.", config.ExtraConfig)
	}
	return m
}

func parent(in *index, of ref) *ref {
	if p, ok := in.parents[of]; ok {
		return &p
	}
	return nil
}

func secureBoot(boot *types.VirtualMachineBootOptions) bool {
	return boot != nil && boot.EfiSecureBootEnabled != nil && *boot.EfiSecureBootEnabled
}

func disks(devices []types.BaseVirtualDevice) []Disk {
	list := []Disk{}
	for _, device := range object.VirtualDeviceList(devices).SelectByType((*types.VirtualDisk)(nil)) {
		disk := device.(*types.VirtualDisk)
		label := ""
		if info := disk.DeviceInfo; info != nil {
			label = info.GetDescription().Label
		}
		list = append(list, Disk{Label: label, Gib: disk.CapacityInKB >> 20, File: file(disk), Parent: parentFile(disk)})
	}
	return list
}

func file(disk *types.VirtualDisk) string {
	if backing, ok := disk.Backing.(types.BaseVirtualDeviceFileBackingInfo); ok {
		return backing.GetVirtualDeviceFileBackingInfo().FileName
	}
	return ""
}

func parentFile(disk *types.VirtualDisk) string {
	if backing, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo); ok && backing.Parent != nil {
		return backing.Parent.FileName
	}
	return ""
}

func hasVtpm(devices []types.BaseVirtualDevice) bool {
	return len(object.VirtualDeviceList(devices).SelectByType((*types.VirtualTPM)(nil))) > 0
}

func reservation(allocation *types.ResourceAllocationInfo) int64 {
	if allocation == nil {
		return 0
	}
	return number(allocation.Reservation)
}

func attributes(in *index, values []types.BaseCustomFieldValue) map[string]string {
	found := map[string]string{}
	for _, value := range values {
		if text, ok := value.(*types.CustomFieldStringValue); ok {
			found[in.fields[text.Key]] = text.Value
		}
	}
	return found
}
