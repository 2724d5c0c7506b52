package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestDisksWriteIntoNewFilesAfterEachSnapshot(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	backing := func() *types.VirtualDiskFlatVer2BackingInfo {
		devices := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config.hardware.device").Config.Hardware.Device
		disk := object.VirtualDeviceList(devices).SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
		return disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
	}
	before := backing().FileName
	for _, name := range []string{"first", "second"} {
		v.Done(vm.CreateSnapshot(v.Ctx, name, "", false, false))
	}
	base := before[:len(before)-len(".vmdk")]
	got := backing()
	if got.FileName != base+"-000002.vmdk" || got.Parent.FileName != base+"-000001.vmdk" || got.Parent.Parent.FileName != before {
		t.Errorf("%s on %s on %s", got.FileName, got.Parent.FileName, got.Parent.Parent.FileName)
	}
	if snapshot := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "snapshot").Snapshot; len(snapshot.RootSnapshotList) != 1 {
		t.Errorf("%d snapshots without a parent", len(snapshot.RootSnapshotList))
	}
}

func TestRevertedMachineIsAsItWas(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	set := func(spec types.VirtualMachineConfigSpec) { v.Done(vm.Reconfigure(v.Ctx, spec)) }
	option := func(value string) types.VirtualMachineConfigSpec {
		return types.VirtualMachineConfigSpec{ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: "guestinfo.state", Value: value}}}
	}
	get := func() mo.VirtualMachine {
		return vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config", "runtime.powerState", "snapshot")
	}
	files := func() []string {
		disk := object.VirtualDeviceList(get().Config.Hardware.Device).SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
		backing := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
		return []string{backing.FileName, backing.Parent.FileName}
	}
	set(option("clean"))
	before := get().Config
	v.Done(vm.CreateSnapshot(v.Ctx, "clean", "", false, false))
	used := files()
	set(option("used"))
	set(types.VirtualMachineConfigSpec{MemoryMB: int64(before.Hardware.MemoryMB) * 2})
	for range 2 {
		v.Done(vm.PowerOn(v.Ctx))
		v.Done(vm.RevertToSnapshot(v.Ctx, "clean", true))
		after := get()
		if after.Runtime.PowerState != types.VirtualMachinePowerStatePoweredOff || after.Config.Hardware.MemoryMB != before.Hardware.MemoryMB {
			t.Errorf("%s with %d MiB", after.Runtime.PowerState, after.Config.Hardware.MemoryMB)
		}
		if state := object.OptionValueList(after.Config.ExtraConfig).Map()["guestinfo.state"]; state != "clean" {
			t.Errorf("the setting is %q", state)
		}
		got := files()
		if got[0] == used[0] || got[1] != used[1] {
			t.Errorf("%v after %v", got, used)
		}
		used = got
	}
}
