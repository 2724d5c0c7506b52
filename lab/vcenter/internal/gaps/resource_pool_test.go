package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestMachineGoesIntoAnotherPoolOfItsCluster(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	from := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "runtime.host", "resourcePool")
	to := childPool(v, *from.ResourcePool)
	if err := moveInto(v, to, vm); err != nil {
		t.Fatal(err)
	}
	moved := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "runtime.host", "resourcePool")
	if *moved.ResourcePool != to || *moved.Runtime.Host != *from.Runtime.Host {
		t.Errorf("it is in %v on %v", moved.ResourcePool, moved.Runtime.Host)
	}
	if has(v, *from.ResourcePool, vm) || !has(v, to, vm) {
		t.Error("its old pool still has it, or its new one has not")
	}
}

func TestMachineDoesNotLeaveItsClusterThatWay(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	other := v.Clone("other", "vdi-b", "vsan-b")
	pool := *vctest.Get[mo.VirtualMachine](v, other.Reference(), "resourcePool").ResourcePool
	if err := moveInto(v, pool, vm); err == nil {
		t.Error("it went into a pool of another cluster, where its host is not")
	}
}

func childPool(v *vctest.VCenter, parent types.ManagedObjectReference) types.ManagedObjectReference {
	v.Helper()
	pool, err := object.NewResourcePool(v.Client.Client, parent).Create(v.Ctx, "seats", types.DefaultResourceConfigSpec())
	v.OK(err)
	return pool.Reference()
}

func moveInto(v *vctest.VCenter, pool types.ManagedObjectReference, vm *object.VirtualMachine) error {
	req := &types.MoveIntoResourcePool{This: pool, List: []types.ManagedObjectReference{vm.Reference()}}
	_, err := methods.MoveIntoResourcePool(v.Ctx, v.Client, req)
	return err
}
