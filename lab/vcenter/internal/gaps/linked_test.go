package gaps_test

import (
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

// golden is a machine on vsan-a with a snapshot.
func golden(v *vctest.VCenter) (vm *object.VirtualMachine, snapshot types.ManagedObjectReference) {
	vm = v.Clone("golden", "vdi-a", "vsan-a")
	return vm, v.Done(vm.CreateSnapshot(v.Ctx, "base", "", false, false))
}

func cloneOf(v *vctest.VCenter, source *object.VirtualMachine, name, datastore string, spec types.VirtualMachineCloneSpec) *types.VirtualDiskFlatVer2BackingInfo {
	v.Helper()
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	// vsan-a is reached by vdi-a's hosts alone, and so on.
	pool, err := v.Cluster(strings.Replace(datastore, "vsan", "vdi", 1)).ResourcePool(v.Ctx)
	v.OK(err)
	store, err := v.Find.Datastore(v.Ctx, datastore)
	v.OK(err)
	spec.Location.Pool, spec.Location.Datastore = types.NewReference(pool.Reference()), types.NewReference(store.Reference())
	return systemDisk(v, v.Done(source.Clone(v.Ctx, folder, name, spec)))
}

func systemDisk(v *vctest.VCenter, vm types.ManagedObjectReference) *types.VirtualDiskFlatVer2BackingInfo {
	v.Helper()
	devices := vctest.Get[mo.VirtualMachine](v, vm, "config.hardware.device").Config.Hardware.Device
	disk := object.VirtualDeviceList(devices).SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
	return disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
}

func moving(how types.VirtualMachineRelocateDiskMoveOptions) types.VirtualMachineRelocateSpec {
	return types.VirtualMachineRelocateSpec{DiskMoveType: string(how)}
}

func TestLinkedClonesHaveTheSnapshotsDiskAsParent(t *testing.T) {
	v := vctest.Start(t)
	source, snapshot := golden(v)
	before, free := systemDisk(v, source.Reference()), freeOf(v, "vsan-b")
	linked := moving(types.VirtualMachineRelocateDiskMoveOptionsCreateNewChildDiskBacking)
	spec := types.VirtualMachineCloneSpec{Location: linked, Snapshot: &snapshot}
	for _, name := range []string{"one", "two"} {
		got := cloneOf(v, source, name, "vsan-b", spec)
		if got.Parent == nil || got.Parent.FileName != before.Parent.FileName || !strings.HasPrefix(got.FileName, "[vsan-b] "+name+"/") {
			t.Errorf("%s on %+v", got.FileName, got.Parent)
		}
	}
	if now := freeOf(v, "vsan-b"); now != free {
		t.Errorf("linked clones took %d bytes at once", free-now)
	}
}

func TestClonesOfATemplateShareItsDiskOnItsOwnDatastoreAlone(t *testing.T) {
	v := vctest.Start(t)
	source, _ := golden(v)
	v.OK(source.MarkAsTemplate(v.Ctx))
	base := systemDisk(v, source.Reference()).Parent.FileName
	sharing := types.VirtualMachineCloneSpec{Location: moving(types.VirtualMachineRelocateDiskMoveOptionsMoveAllDiskBackingsAndAllowSharing)}
	if got := cloneOf(v, source, "near", "vsan-a", sharing); got.Parent == nil || got.Parent.FileName != base {
		t.Errorf("near: %s on %+v", got.FileName, got.Parent)
	}
	if got := cloneOf(v, source, "far", "vsan-b", sharing); got.Parent != nil {
		t.Errorf("far: %s on %+v", got.FileName, got.Parent)
	}
	if got := cloneOf(v, source, "full", "vsan-a", types.VirtualMachineCloneSpec{}); got.Parent != nil {
		t.Errorf("full: %s on %+v", got.FileName, got.Parent)
	}
}

func TestALinkedCloneThatGoesToAnotherDatastoreIsFull(t *testing.T) {
	v := vctest.Start(t)
	source, snapshot := golden(v)
	linked := moving(types.VirtualMachineRelocateDiskMoveOptionsCreateNewChildDiskBacking)
	cloneOf(v, source, "seat", "vsan-a", types.VirtualMachineCloneSpec{Location: linked, Snapshot: &snapshot})
	vm, err := v.Find.VirtualMachine(v.Ctx, "seat")
	v.OK(err)
	store, err := v.Find.Datastore(v.Ctx, "vsan-b")
	v.OK(err)
	pool, err := v.Cluster("vdi-b").ResourcePool(v.Ctx)
	v.OK(err)
	spec := types.VirtualMachineRelocateSpec{Datastore: types.NewReference(store.Reference()), Pool: types.NewReference(pool.Reference())}
	v.Done(vm.Relocate(v.Ctx, spec, types.VirtualMachineMovePriorityDefaultPriority))
	if got := systemDisk(v, vm.Reference()); got.Parent != nil || !strings.HasPrefix(got.FileName, "[vsan-b] ") {
		t.Errorf("%s on %+v", got.FileName, got.Parent)
	}
}
