package fill

import (
	"context"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
)

const (
	templateCpus = 2
	templateMib  = 4096
	// hardwareVersion is the newest that provider 1.26.0 can name.
	hardwareVersion = "vmx-19"
)

// template creates a powered-off machine with one pvscsi disk and one vmxnet3
// adapter, and marks it as a template.
func (f *filler) template(ctx context.Context, t inventory.Template, pool *object.ResourcePool) error {
	devices, err := templateDevices(int64(t.DiskGib))
	if err != nil {
		return err
	}
	spec := types.VirtualMachineConfigSpec{
		Name:     t.Name,
		GuestId:  t.GuestID,
		Firmware: t.Firmware,
		Version:  hardwareVersion,
		NumCPUs:  templateCpus,
		MemoryMB: templateMib,
		Files:    &types.VirtualMachineFileInfo{VmPathName: "[" + t.Datastore + "]"},
	}
	if t.Firmware == string(types.GuestOsDescriptorFirmwareTypeEfi) {
		spec.BootOptions = &types.VirtualMachineBootOptions{EfiSecureBootEnabled: types.NewBool(true)}
	}
	if spec.DeviceChange, err = devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd); err != nil {
		return err
	}
	task, err := f.folders.VmFolder.CreateVM(ctx, spec, pool, nil)
	if err != nil {
		return err
	}
	ref, err := result(ctx, task)
	if err != nil {
		return err
	}
	return object.NewVirtualMachine(f.client, ref).MarkAsTemplate(ctx)
}

func templateDevices(diskGib int64) (object.VirtualDeviceList, error) {
	var list object.VirtualDeviceList
	scsi, err := list.CreateSCSIController("pvscsi")
	if err != nil {
		return nil, err
	}
	disk := list.CreateDisk(scsi.(types.BaseVirtualController), types.ManagedObjectReference{}, "")
	disk.CapacityInKB = diskGib << 20
	disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo).ThinProvisioned = types.NewBool(true)
	nic, err := list.CreateEthernetCard("vmxnet3", &types.VirtualEthernetCardNetworkBackingInfo{
		VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: "VM Network"},
	})
	if err != nil {
		return nil, err
	}
	return object.VirtualDeviceList{scsi, disk, nic}, nil
}
