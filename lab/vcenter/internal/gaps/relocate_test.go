package gaps_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestMachineGoesToAnotherClusterWithItsFiles(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	from := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "runtime.host", "resourcePool")
	relocate(v, vm, "vdi-b", "vsan-b")

	moved := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config", "datastore", "runtime.host", "resourcePool")
	if path := moved.Config.Files.VmPathName; !strings.HasPrefix(path, "[vsan-b] ") {
		t.Errorf("its files are at %s", path)
	}
	for _, disk := range object.VirtualDeviceList(moved.Config.Hardware.Device).SelectByType((*types.VirtualDisk)(nil)) {
		backing := disk.GetVirtualDevice().Backing.(*types.VirtualDiskFlatVer2BackingInfo)
		if !strings.HasPrefix(backing.FileName, "[vsan-b] ") || *backing.Datastore != moved.Datastore[0] {
			t.Errorf("its disk is at %s on %v", backing.FileName, backing.Datastore)
		}
	}
	host := *moved.Runtime.Host
	if !slices.Contains(v.Hosts("vdi-b"), host) {
		t.Errorf("it runs on %v", host)
	}
	if has(v, *from.Runtime.Host, vm) || has(v, *from.ResourcePool, vm) || !has(v, host, vm) || !has(v, *moved.ResourcePool, vm) {
		t.Error("its old host or pool still has it, or its new one has not")
	}
	disk := object.VirtualDeviceList(moved.Config.Hardware.Device).SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
	disk.CapacityInKB *= 2
	grown := &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationEdit, Device: disk}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{DeviceChange: []types.BaseVirtualDeviceConfigSpec{grown}}))
	v.Done(vm.Destroy(v.Ctx))
	if has(v, host, vm) {
		t.Error("it is gone, and its host still has it")
	}
}

func TestMachineThatLeavesItsClusterLeavesItsOverrides(t *testing.T) {
	v := vctest.Start(t)
	cluster, vm := v.Cluster("vdi-a"), v.Clone("gateway", "vdi-a", "vsan-a")
	change(v, cluster, automation(vm.Reference(), types.DrsBehaviorManual))
	change(v, cluster, restart(vm.Reference(), "highest"))
	relocate(v, vm, "vdi-b", "vsan-b")
	if c := bindings(v, cluster); len(c.DasVmConfig) != 0 || len(c.DrsVmConfig) != 0 {
		t.Errorf("restart %+v, automation %+v", c.DasVmConfig, c.DrsVmConfig)
	}
}

func TestMachineThatStaysInItsClusterKeepsItsHost(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	host := func() types.ManagedObjectReference {
		return *vctest.Get[mo.VirtualMachine](v, vm.Reference(), "runtime.host").Runtime.Host
	}
	before := host()
	relocate(v, vm, "vdi-a", "vsan-a")
	if host() != before {
		t.Errorf("it went from %v to %v", before, host())
	}
}

func relocate(v *vctest.VCenter, vm *object.VirtualMachine, cluster, datastore string) {
	v.Helper()
	pool, err := v.Cluster(cluster).ResourcePool(v.Ctx)
	v.OK(err)
	store, err := v.Find.Datastore(v.Ctx, datastore)
	v.OK(err)
	poolRef, storeRef := pool.Reference(), store.Reference()
	spec := types.VirtualMachineRelocateSpec{Pool: &poolRef, Datastore: &storeRef}
	v.Done(vm.Relocate(v.Ctx, spec, types.VirtualMachineMovePriorityDefaultPriority))
}

func has(v *vctest.VCenter, place types.ManagedObjectReference, vm *object.VirtualMachine) bool {
	v.Helper()
	if place.Type == "HostSystem" {
		return slices.Contains(vctest.Get[mo.HostSystem](v, place, "vm").Vm, vm.Reference())
	}
	return slices.Contains(vctest.Get[mo.ResourcePool](v, place, "vm").Vm, vm.Reference())
}
