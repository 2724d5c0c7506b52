package gaps

import (
	"path"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// RelocateVMTask takes a machine's files along to another datastore, puts it
// on a host of its new pool's cluster where none is named, takes it out of the
// rules, groups and overrides of a cluster that it leaves, and tells hosts,
// pools and datastores who is theirs now. vCenter does all of it; the simulator
// changes the machine's own references only, so that the provider looks for the
// files on a datastore that the machine no longer has.
func (*machine) RelocateVMTask(ctx *simulator.Context, req *types.RelocateVM_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	if req.Spec.Host == nil && req.Spec.Pool != nil && leavesCluster(ctx, vm, *req.Spec.Pool) {
		req.Spec.Host = emptiestHost(ctx, *req.Spec.Pool)
	}
	ref := runTask(ctx, vm, "relocateVm", func() (types.AnyType, types.BaseMethodFault) {
		before, cluster := places(vm), clusterOf(ctx, vm)
		body := vm.RelocateVMTask(ctx, req).(*methods.RelocateVM_TaskBody)
		task := finish(ctx, body.Res.Returnval)
		if !succeeded(task) {
			return nil, task.Info.Error.Fault
		}
		if fault := moveFolder(ctx, vm); fault != nil {
			return nil, fault
		}
		ctx.WithLock(vm, func() { renameFiles(ctx, vm) })
		register(ctx, vm.Self, before, places(vm))
		if cluster != nil && clusterOf(ctx, vm) != cluster {
			ctx.WithLock(cluster, func() { leave(cluster, vm.Self) })
		}
		return nil, nil
	})
	return &methods.RelocateVM_TaskBody{Res: &types.RelocateVM_TaskResponse{Returnval: ref}}
}

func leavesCluster(ctx *simulator.Context, vm *simulator.VirtualMachine, pool types.ManagedObjectReference) bool {
	from, known := ctx.Map.Get(*vm.ResourcePool).(*simulator.ResourcePool)
	to, ok := ctx.Map.Get(pool).(*simulator.ResourcePool)
	return known && ok && from.Owner != to.Owner
}

// clusterOf is nil for a machine on a host of its own.
func clusterOf(ctx *simulator.Context, vm *simulator.VirtualMachine) *simulator.ClusterComputeResource {
	pool, known := ctx.Map.Get(*vm.ResourcePool).(*simulator.ResourcePool)
	if !known {
		return nil
	}
	cluster, _ := ctx.Map.Get(pool.Owner).(*simulator.ClusterComputeResource)
	return cluster
}

// places are the host, the pool and the datastores of a machine.
func places(vm *simulator.VirtualMachine) []types.ManagedObjectReference {
	refs := append([]types.ManagedObjectReference{}, vm.Datastore...)
	return append(refs, *vm.Runtime.Host, *vm.ResourcePool)
}

// moveFolder moves the machine's folder to the datastore that it is on now.
func moveFolder(ctx *simulator.Context, vm *simulator.VirtualMachine) types.BaseMethodFault {
	var from object.DatastorePath
	store := ctx.Map.Get(vm.Datastore[0]).(*simulator.Datastore)
	if !from.FromString(vm.Config.Files.VmPathName) || from.Datastore == store.Name {
		return nil
	}
	from.Path = path.Dir(from.Path)
	to := object.DatastorePath{Datastore: store.Name, Path: from.Path}
	datacenter := ctx.Map.Any("Datacenter").Reference()
	manager := ctx.Map.FileManager()
	body := manager.MoveDatastoreFileTask(ctx, &types.MoveDatastoreFile_Task{
		This:                  manager.Self,
		SourceName:            from.String(),
		SourceDatacenter:      &datacenter,
		DestinationName:       to.String(),
		DestinationDatacenter: &datacenter,
	}).(*methods.MoveDatastoreFile_TaskBody)
	if task := finish(ctx, body.Res.Returnval); !succeeded(task) {
		return task.Info.Error.Fault
	}
	return nil
}

// renameFiles writes the machine's datastore into the paths of its files.
func renameFiles(ctx *simulator.Context, vm *simulator.VirtualMachine) {
	store := ctx.Map.Get(vm.Datastore[0]).(*simulator.Datastore)
	on := func(file string) string {
		var parsed object.DatastorePath
		if !parsed.FromString(file) {
			return file
		}
		parsed.Datastore = store.Name
		return strings.TrimSpace(parsed.String())
	}
	files := &vm.Config.Files
	for _, file := range []*string{&files.VmPathName, &files.SnapshotDirectory, &files.SuspendDirectory, &files.LogDirectory, &vm.Summary.Config.VmPathName} {
		*file = on(*file)
	}
	for i := range vm.LayoutEx.File {
		vm.LayoutEx.File[i].Name = on(vm.LayoutEx.File[i].Name)
	}
	for _, disk := range vm.Layout.Disk {
		for i := range disk.DiskFile {
			disk.DiskFile[i] = on(disk.DiskFile[i])
		}
	}
	for _, device := range vm.Config.Hardware.Device {
		if backing, ok := device.GetVirtualDevice().Backing.(*types.VirtualDiskFlatVer2BackingInfo); ok {
			if storeOf(backing.FileName) != store.Name {
				unlink(backing)
			}
			backing.FileName, backing.Datastore = on(backing.FileName), &store.Self
		}
	}
}

// register moves a machine from the lists of its old places to those of its
// new ones.
func register(ctx *simulator.Context, vm types.ManagedObjectReference, before, after []types.ManagedObjectReference) {
	for _, ref := range without(before, after...) {
		inList(ctx, ref, func(machines *[]types.ManagedObjectReference) { *machines = without(*machines, vm) })
	}
	for _, ref := range without(after, before...) {
		inList(ctx, ref, func(machines *[]types.ManagedObjectReference) { *machines = append(without(*machines, vm), vm) })
	}
}

func inList(ctx *simulator.Context, place types.ManagedObjectReference, change func(*[]types.ManagedObjectReference)) {
	owner := ctx.Map.Get(place)
	ctx.WithLock(owner, func() {
		switch owner := owner.(type) {
		case *simulator.Datastore:
			change(&owner.Vm)
		case *simulator.HostSystem:
			change(&owner.Vm)
		case *simulator.ResourcePool:
			change(&owner.Vm)
		}
	})
}
