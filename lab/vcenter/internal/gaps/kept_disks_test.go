package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestDetachedDiskOutlivesItsMachine(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	v.Done(vm.Reconfigure(v.Ctx, addDisk(v, vm)))
	detach := &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationRemove, Device: disks(v, vm)[1]}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{DeviceChange: []types.BaseVirtualDeviceConfigSpec{detach}}))
	v.Done(vm.Destroy(v.Ctx))
	if !stands(v, "seat/seat_1.vmdk") {
		t.Error("the detached disk went with the machine")
	}
	if stands(v, "seat/seat.vmdk") || stands(v, "seat/seat.vmx") {
		t.Error("the machine's own files stayed")
	}
}

func TestAttachedDisksGoWithTheirMachine(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	v.Done(vm.Reconfigure(v.Ctx, addDisk(v, vm)))
	v.Done(vm.Destroy(v.Ctx))
	if stands(v, "seat") || stands(v, "seat.kept") {
		t.Error("a folder stayed")
	}
}

func TestMachineThatRunsIsNotDestroyed(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	v.Done(vm.PowerOn(v.Ctx))
	task, err := vm.Destroy(v.Ctx)
	vctest.Refused[*types.InvalidPowerState](v, task, err)
	if !stands(v, "seat/seat.vmdk") {
		t.Error("its disk is gone")
	}
}

func disks(v *vctest.VCenter, vm *object.VirtualMachine) object.VirtualDeviceList {
	v.Helper()
	devices, err := vm.Device(v.Ctx)
	v.OK(err)
	return devices.SelectByType((*types.VirtualDisk)(nil))
}

func addDisk(v *vctest.VCenter, vm *object.VirtualMachine) types.VirtualMachineConfigSpec {
	v.Helper()
	devices, err := vm.Device(v.Ctx)
	v.OK(err)
	controller, err := devices.FindDiskController("")
	v.OK(err)
	disk := devices.CreateDisk(controller, types.ManagedObjectReference{}, "")
	disk.CapacityInKB = 20 << 20
	change, err := object.VirtualDeviceList{disk}.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	v.OK(err)
	return types.VirtualMachineConfigSpec{DeviceChange: change}
}

// stands looks for a file or folder on the first cluster's datastore.
func stands(v *vctest.VCenter, path string) bool {
	v.Helper()
	store, err := v.Find.Datastore(v.Ctx, "vsan-a")
	v.OK(err)
	_, err = store.Stat(v.Ctx, path)
	return err == nil
}
