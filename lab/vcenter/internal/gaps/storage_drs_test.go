package gaps_test

import (
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/vctest"
)

func TestStorageDRSClonesAndMovesWithinItsCluster(t *testing.T) {
	inv := vctest.Inventory()
	inv.Clusters[0].Datastores = []string{"vsan-a", "lun-1", "lun-2"}
	inv.StorageClusters = []inventory.StorageCluster{{Name: "luns", Datastores: []string{"lun-1", "lun-2"}}}
	v := vctest.StartWith(t, inv)
	pod, err := v.Find.DatastoreCluster(v.Ctx, "luns")
	v.OK(err)
	template, err := v.Find.VirtualMachine(v.Ctx, "win11")
	v.OK(err)
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	pool, err := v.Cluster("vdi-a").ResourcePool(v.Ctx)
	v.OK(err)
	clone := &types.VirtualMachineCloneSpec{Location: types.VirtualMachineRelocateSpec{Pool: types.NewReference(pool.Reference())}}
	v.Free("lun-1", 1<<40)
	vm := placed(v, types.StoragePlacementSpec{
		Type: "clone", Vm: types.NewReference(template.Reference()), Folder: types.NewReference(folder.Reference()), CloneName: "seat",
		CloneSpec: clone, PodSelectionSpec: types.StorageDrsPodSelectionSpec{StoragePod: types.NewReference(pod.Reference())},
	})
	if got := systemDisk(v, vm).FileName; !strings.HasPrefix(got, "[lun-2] seat/") {
		t.Errorf("cloned to %s", got)
	}
	lun, err := v.Find.Datastore(v.Ctx, "luns/lun-1")
	v.OK(err)
	to := types.VirtualMachineRelocateSpec{Datastore: types.NewReference(lun.Reference())}
	v.Done(object.NewVirtualMachine(v.Client.Client, vm).Relocate(v.Ctx, to, types.VirtualMachineMovePriorityDefaultPriority))
	if got := systemDisk(v, vm).FileName; !strings.HasPrefix(got, "[lun-1] seat/") {
		t.Errorf("moved to %s", got)
	}
	found, err := object.NewSearchIndex(v.Client.Client).FindByInventoryPath(v.Ctx, "Prova/datastore/luns/lun-1")
	v.OK(err)
	if found == nil || found.Reference() != lun.Reference() {
		t.Errorf("by its path: %v", found)
	}
	outside := v.Clone("outside", "vdi-a", "vsan-a").Reference()
	placed(v, types.StoragePlacementSpec{
		Type: "relocate", Vm: &outside, PodSelectionSpec: types.StorageDrsPodSelectionSpec{StoragePod: types.NewReference(pod.Reference())},
		RelocateSpec: &types.VirtualMachineRelocateSpec{Pool: types.NewReference(pool.Reference())},
	})
	if got := systemDisk(v, outside).FileName; !strings.HasPrefix(got, "[lun-2] outside/") {
		t.Errorf("taken to %s", got)
	}
}

// placed asks Storage DRS, and does what it recommends.
func placed(v *vctest.VCenter, spec types.StoragePlacementSpec) types.ManagedObjectReference {
	v.Helper()
	manager := object.NewStorageResourceManager(v.Client.Client)
	result, err := manager.RecommendDatastores(v.Ctx, spec)
	v.OK(err)
	if len(result.Recommendations) != 1 {
		v.Fatalf("%d recommendations", len(result.Recommendations))
	}
	task, err := manager.ApplyStorageDrsRecommendation(v.Ctx, []string{result.Recommendations[0].Key})
	v.OK(err)
	info, err := task.WaitForResult(v.Ctx)
	v.OK(err)
	return *info.Result.(types.ApplyStorageRecommendationResult).Vm
}
