package gaps_test

import (
	"slices"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vapi/library"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/vcenter"
	"github.com/vmware/govmomi/vim25/mo"

	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/vctest"
)

func TestWhatIsDeployedFromALibraryIsAMachine(t *testing.T) {
	inv := vctest.Inventory()
	inv.Libraries = []inventory.Library{{Name: "golden", Items: []inventory.LibraryItem{{Name: "win11-2026-10", Template: "win11"}}}}
	v := vctest.StartWith(t, inv)
	vm := deploy(v, "golden", "seat", "vdi-b", "vsan-b")
	seat := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config", "resourcePool", "runtime.host")
	if seat.Config.Template || seat.Config.Firmware != "efi" {
		t.Errorf("template %v, firmware %s", seat.Config.Template, seat.Config.Firmware)
	}
	pool, err := v.Cluster("vdi-b").ResourcePool(v.Ctx)
	v.OK(err)
	if *seat.ResourcePool != pool.Reference() || !slices.Contains(v.Hosts("vdi-b"), *seat.Runtime.Host) {
		t.Errorf("in %s on %s", seat.ResourcePool, seat.Runtime.Host)
	}
	v.Done(vm.PowerOn(v.Ctx))
}

// deploy makes a machine of a library's only item.
func deploy(v *vctest.VCenter, from, name, cluster, datastore string) *object.VirtualMachine {
	v.Helper()
	pool, err := v.Cluster(cluster).ResourcePool(v.Ctx)
	v.OK(err)
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	store, err := v.Find.Datastore(v.Ctx, datastore)
	v.OK(err)
	api := v.REST()
	ref, err := vcenter.NewManager(api).DeployTemplateLibraryItem(v.Ctx, onlyItem(v, api, from), vcenter.DeployTemplate{
		Name:        name,
		DiskStorage: &vcenter.DiskStorage{Datastore: store.Reference().Value},
		Placement:   &library.Placement{Folder: folder.Reference().Value, ResourcePool: pool.Reference().Value},
	})
	v.OK(err)
	return object.NewVirtualMachine(v.Client.Client, *ref)
}

func onlyItem(v *vctest.VCenter, api *rest.Client, of string) string {
	v.Helper()
	manager := library.NewManager(api)
	found, err := manager.GetLibraryByName(v.Ctx, of)
	v.OK(err)
	items, err := manager.ListLibraryItems(v.Ctx, found.ID)
	v.OK(err)
	return items[0]
}
