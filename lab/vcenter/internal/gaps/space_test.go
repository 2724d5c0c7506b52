package gaps_test

import (
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

// cloneThick makes a machine of the template's 80 GiB, all of them written.
func cloneThick(v *vctest.VCenter, name string) (*object.Task, error) {
	v.Helper()
	template, err := v.Find.VirtualMachine(v.Ctx, "win11")
	v.OK(err)
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	pool, err := v.Cluster("vdi-b").ResourcePool(v.Ctx)
	v.OK(err)
	store, err := v.Find.Datastore(v.Ctx, "vsan-b")
	v.OK(err)
	devices, err := template.Device(v.Ctx)
	v.OK(err)
	disk := devices.SelectByType((*types.VirtualDisk)(nil))[0].GetVirtualDevice().Key
	poolRef, storeRef := pool.Reference(), store.Reference()
	location := types.VirtualMachineRelocateSpec{Pool: &poolRef, Datastore: &storeRef, Disk: []types.VirtualMachineRelocateSpecDiskLocator{{
		DiskId: disk, Datastore: storeRef,
		DiskBackingInfo: &types.VirtualDiskFlatVer2BackingInfo{ThinProvisioned: types.NewBool(false)},
	}}}
	return template.Clone(v.Ctx, folder, name, types.VirtualMachineCloneSpec{Location: location})
}

func freeOf(v *vctest.VCenter, name string) int64 {
	v.Helper()
	store, err := v.Find.Datastore(v.Ctx, name)
	v.OK(err)
	return vctest.Get[mo.Datastore](v, store.Reference(), "summary").Summary.FreeSpace
}

func TestCloneThatDoesNotFitIsRefused(t *testing.T) {
	v := vctest.Start(t)
	v.Free("vsan-b", 170<<30)
	first := v.Done(cloneThick(v, "first"))
	v.Done(cloneThick(v, "second"))
	if free := freeOf(v, "vsan-b"); free != 10<<30 {
		t.Errorf("free: %d GiB", free>>30)
	}
	task, err := cloneThick(v, "third")
	vctest.Refused[*types.NoDiskSpace](v, task, err)
	if err := task.Wait(v.Ctx); err == nil || !strings.Contains(err.Error(), "Insufficient disk space on datastore 'vsan-b'.") {
		t.Errorf("got %v", err)
	}
	v.Done(object.NewVirtualMachine(v.Client.Client, first).Destroy(v.Ctx))
	v.Done(cloneThick(v, "third"))
}

func TestThinCloneTakesWhatItsTemplateHolds(t *testing.T) {
	v := vctest.Start(t)
	v.Free("vsan-b", 1<<30)
	v.Clone("thin", "vdi-b", "vsan-b")
	if free := freeOf(v, "vsan-b"); free > 1<<30 || free < 1<<29 {
		t.Errorf("free: %d", free)
	}
}

func TestCloneThatFailedTakesNothing(t *testing.T) {
	v := vctest.Start(t)
	v.Free("vsan-b", 170<<30)
	v.Done(cloneThick(v, "taken"))
	task, err := cloneThick(v, "taken")
	vctest.Refused[*types.DuplicateName](v, task, err)
	if err := task.Wait(v.Ctx); err == nil || !strings.Contains(err.Error(), "The name 'taken' already exists.") {
		t.Errorf("got %v", err)
	}
	v.Done(cloneThick(v, "other"))
}

func TestCallThatIsRefusedSaysWhy(t *testing.T) {
	v := vctest.Start(t)
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	_, err = folder.CreateFolder(v.Ctx, "Desktops")
	v.OK(err)
	if _, err = folder.CreateFolder(v.Ctx, "Desktops"); err == nil || !strings.Contains(err.Error(), "The name 'Desktops' already exists.") {
		t.Errorf("got %v", err)
	}
}
