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
