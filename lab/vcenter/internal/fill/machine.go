package fill

import (
	"context"
	"fmt"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
)

const (
	// hardwareVersion is the newest that provider 1.26.0 can name.
	hardwareVersion = "vmx-19"
	// defaultNetwork is what the simulator gives every host.
	defaultNetwork = "VM Network"
)

// hardware is what a template and a machine are made of alike.
type hardware struct {
	name, guestID, firmware string
	datastore, network      string
	cpus                    int32
	coresPerSocket          *int32
	memoryMib               int64
	disksGib                []int
	tpm                     bool
}

// existingMachine creates a machine that somebody made by hand, and starts it.
func (f *filler) existingMachine(ctx context.Context, m inventory.Machine, pool *object.ResourcePool) error {
	folder, err := f.machineFolder(ctx, m.Folder)
	if err != nil {
		return err
	}
	network := m.Network
	if network == "" {
		network = defaultNetwork
	}
	if err := f.network(ctx, network); err != nil {
		return err
	}
	vm, err := f.createMachine(ctx, folder, pool, hardware{
		name: m.Name, guestID: m.GuestID, firmware: m.Firmware, datastore: m.Datastore, network: network,
		cpus: m.Cpus, coresPerSocket: types.NewInt32(max(1, m.CoresPerSocket)), memoryMib: m.MemoryMib, disksGib: m.DisksGib,
	})
	if err != nil {
		return err
	}
	return f.start(ctx, vm)
}

// start says where the swap file goes, which the simulator drops when it
// creates a machine, and powers the machine on.
func (f *filler) start(ctx context.Context, vm *object.VirtualMachine) error {
	inherit := string(types.VirtualMachineConfigInfoSwapPlacementTypeInherit)
	task, err := vm.Reconfigure(ctx, types.VirtualMachineConfigSpec{SwapPlacement: inherit})
	if err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil {
		return err
	}
	if task, err = vm.PowerOn(ctx); err != nil {
		return err
	}
	return task.Wait(ctx)
}

// machineFolder finds or makes each folder of a path below the datacenter's
// own folder of machines.
func (f *filler) machineFolder(ctx context.Context, path string) (*object.Folder, error) {
	at := f.folders.VmFolder
	for _, name := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' }) {
		child, err := object.NewSearchIndex(f.client).FindChild(ctx, at, name)
		if err != nil {
			return nil, err
		}
		if found, ok := child.(*object.Folder); ok {
			at = found
		} else if at, err = at.CreateFolder(ctx, name); err != nil {
			return nil, err
		}
	}
	return at, nil
}

// network makes a standard port group on the first host, unless it is there:
// the simulator keeps one network of a name for all hosts.
func (f *filler) network(ctx context.Context, name string) error {
	found, err := object.NewSearchIndex(f.client).FindChild(ctx, f.folders.NetworkFolder, name)
	if err != nil || found != nil {
		return err
	}
	system, err := object.NewHostSystem(f.client, f.joined[0]).ConfigManager().NetworkSystem(ctx)
	if err != nil {
		return err
	}
	return system.AddPortGroup(ctx, types.HostPortGroupSpec{Name: name, VswitchName: "vSwitch0"})
}

// createMachine creates a powered-off machine with its disks on a pvscsi
// controller and one vmxnet3 adapter; with EFI it boots securely.
func (f *filler) createMachine(ctx context.Context, folder *object.Folder, pool *object.ResourcePool, h hardware) (*object.VirtualMachine, error) {
	devices, err := machineDevices(h)
	if err != nil {
		return nil, err
	}
	spec := types.VirtualMachineConfigSpec{
		Name:              h.name,
		GuestId:           h.guestID,
		Firmware:          h.firmware,
		Version:           hardwareVersion,
		NumCPUs:           h.cpus,
		NumCoresPerSocket: h.coresPerSocket,
		MemoryMB:          h.memoryMib,
		Files:             &types.VirtualMachineFileInfo{VmPathName: "[" + h.datastore + "]"},
	}
	setDefaults(&spec)
	if spec.DeviceChange, err = devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd); err != nil {
		return nil, err
	}
	task, err := folder.CreateVM(ctx, spec, pool, nil)
	if err != nil {
		return nil, err
	}
	ref, err := result(ctx, task)
	return object.NewVirtualMachine(f.client, ref), err
}

func machineDevices(h hardware) (object.VirtualDeviceList, error) {
	var list object.VirtualDeviceList
	scsi, err := list.CreateSCSIController("pvscsi")
	if err != nil {
		return nil, err
	}
	list = append(list, scsi)
	for i, gib := range h.disksGib {
		disk := thinDisk(list, scsi.(types.BaseVirtualController), gib)
		// The simulator's own label is another; provider 2.15.0 takes it when it imports.
		disk.DeviceInfo = &types.Description{Label: fmt.Sprintf("Hard disk %d", i+1)}
		list = append(list, disk)
	}
	nic, err := list.CreateEthernetCard("vmxnet3", &types.VirtualEthernetCardNetworkBackingInfo{
		VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{DeviceName: h.network},
	})
	list = append(list, nic)
	if h.tpm {
		list = append(list, &types.VirtualTPM{VirtualDevice: types.VirtualDevice{Key: list.NewKey()}})
	}
	return list, err
}

func thinDisk(list object.VirtualDeviceList, scsi types.BaseVirtualController, sizeGib int) *types.VirtualDisk {
	disk := list.CreateDisk(scsi, types.ManagedObjectReference{}, "")
	disk.CapacityInKB = int64(sizeGib) << 20
	disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo).ThinProvisioned = types.NewBool(true)
	usualAccess(disk)
	return disk
}
