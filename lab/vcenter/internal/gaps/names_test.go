package gaps_test

import (
	"slices"
	"testing"

	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestTagCategoryTellsPlainTypes(t *testing.T) {
	v := vctest.Start(t)
	manager := tags.NewManager(v.REST())
	id, err := manager.CreateCategory(v.Ctx, &tags.Category{
		Name: "cup", Cardinality: "SINGLE",
		AssociableTypes: []string{"urn:vim25:VirtualMachine", "urn:vim25:DistributedVirtualSwitch", "VmwareDistributedVirtualSwitch"},
	})
	v.OK(err)
	category, err := manager.GetCategory(v.Ctx, id)
	v.OK(err)
	if want := []string{"VirtualMachine", "DistributedVirtualSwitch", "VmwareDistributedVirtualSwitch"}; !slices.Equal(category.AssociableTypes, want) {
		t.Fatalf("types: %v", category.AssociableTypes)
	}
}

func TestTagOfASwitchIsFoundByTheSwitch(t *testing.T) {
	v := vctest.Start(t)
	manager := tags.NewManager(v.REST())
	category, err := manager.CreateCategory(v.Ctx, &tags.Category{Name: "cup", Cardinality: "SINGLE"})
	v.OK(err)
	tag, err := manager.CreateTag(v.Ctx, &tags.Tag{Name: "one", CategoryID: category})
	v.OK(err)
	s := v.Switch("dvs", nil)
	v.OK(manager.AttachTag(v.Ctx, tag, s.Reference()))
	bearers, err := manager.ListAttachedObjects(v.Ctx, tag)
	v.OK(err)
	if len(bearers) != 1 || bearers[0].Reference() != s.Reference() {
		t.Fatalf("bearers: %v", bearers)
	}
	v.OK(manager.AttachMultipleTagsToObject(v.Ctx, []string{tag}, s.Reference()))
	v.OK(manager.DetachMultipleTagsFromObject(v.Ctx, []string{tag}, s.Reference()))
	if bearers, err = manager.ListAttachedObjects(v.Ctx, tag); err != nil || len(bearers) != 0 {
		t.Fatalf("after the detachment: %v (%v)", bearers, err)
	}
}

func TestObjectThatGoesBearsNoTag(t *testing.T) {
	v := vctest.Start(t)
	manager := tags.NewManager(v.REST())
	category, err := manager.CreateCategory(v.Ctx, &tags.Category{Name: "cup", Cardinality: "SINGLE"})
	v.OK(err)
	tag, err := manager.CreateTag(v.Ctx, &tags.Tag{Name: "one", CategoryID: category})
	v.OK(err)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	s := v.Switch("dvs", nil)
	v.OK(manager.AttachTag(v.Ctx, tag, vm.Reference()))
	v.OK(manager.AttachTag(v.Ctx, tag, s.Reference()))
	v.Done(vm.Destroy(v.Ctx))
	v.Done(s.Destroy(v.Ctx))
	if bearers, err := manager.ListAttachedObjects(v.Ctx, tag); err != nil || len(bearers) != 0 {
		t.Fatalf("bearers: %v (%v)", bearers, err)
	}
}

func TestClusterIsFoundUnderItsBaseTypesName(t *testing.T) {
	v := vctest.Start(t)
	cluster := v.Cluster("vdi-a").Reference()
	base := types.ManagedObjectReference{Type: "ComputeResource", Value: cluster.Value}
	browser := vctest.Get[mo.ComputeResource](v, base, "environmentBrowser").EnvironmentBrowser
	res, err := methods.QueryConfigOptionEx(v.Ctx, v.Client.Client, &types.QueryConfigOptionEx{
		This: *browser, Spec: &types.EnvironmentBrowserConfigOptionQuerySpec{GuestId: []string{"windows11_64Guest"}},
	})
	v.OK(err)
	if family := res.Returnval.GuestOSDescriptor[0].Family; family != "windowsGuest" {
		t.Fatalf("family %q", family)
	}
}
