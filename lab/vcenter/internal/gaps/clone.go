package gaps

import (
	"github.com/google/uuid"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// CloneVMTask gives every clone UUIDs of its own, also one that takes the name
// of a machine that is gone. The simulator derives them from the name: a
// replaced machine kept the id that rules and groups list, so that Terraform
// saw nothing to do while the departed machine had left them.
//
// It also places a clone that names no host on the emptiest host of its
// pool's cluster, and hands the template's firmware down. vCenter does both.
// The simulator puts every clone on the template's own host, be it in another
// cluster, and starts with a BIOS: secure boot of a clone from an EFI template
// was refused until somebody set the firmware anew.
//
// A clone for which its datastore has no space is refused: see space.go. A
// linked one takes none at first, and shares a disk: see linked.go.
func (m *machine) CloneVMTask(ctx *simulator.Context, req *types.CloneVM_Task) soap.HasFault {
	template := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	if req.Spec.Location.Host == nil && req.Spec.Location.Pool != nil {
		req.Spec.Location.Host = emptiestHost(ctx, *req.Spec.Location.Pool)
	}
	req.Spec.Config = withOwnUUIDs(req.Spec.Config)
	ref := runTask(ctx, template, cloneTask, func() (types.AnyType, types.BaseMethodFault) {
		ds := placeOf(ctx, template, &req.Spec)
		shared := sharedDisks(ctx, template, &req.Spec)
		if ds == nil {
			return clone(ctx, template, req, shared)
		}
		size := cloneSize(template, &req.Spec, shared)
		if fault := m.space.reserve(ctx, ds, size); fault != nil {
			return nil, fault
		}
		made, fault := clone(ctx, template, req, shared)
		var vm *types.ManagedObjectReference
		if ref, ok := made.(types.ManagedObjectReference); ok && fault == nil {
			vm = &ref
		}
		m.space.keep(ctx, vm, share{ds.Self, size})
		return made, fault
	})
	return &methods.CloneVM_TaskBody{Res: &types.CloneVM_TaskResponse{Returnval: ref}}
}

func clone(ctx *simulator.Context, template *simulator.VirtualMachine, req *types.CloneVM_Task, shared map[int32]*diskBacking) (types.AnyType, types.BaseMethodFault) {
	body := template.CloneVMTask(ctx, req).(*methods.CloneVM_TaskBody)
	if body.Fault_ != nil {
		return nil, body.Fault_.VimFault().(types.BaseMethodFault)
	}
	task := finish(ctx, body.Res.Returnval)
	if !succeeded(task) {
		return nil, task.Info.Error.Fault
	}
	made := task.Info.Result.(types.ManagedObjectReference)
	inherit(ctx, template, made)
	link(ctx, made, shared)
	return made, nil
}

func withOwnUUIDs(given *types.VirtualMachineConfigSpec) *types.VirtualMachineConfigSpec {
	spec := types.VirtualMachineConfigSpec{}
	if given != nil {
		spec = *given
	}
	if spec.Uuid == "" {
		spec.Uuid = uuid.NewString()
	}
	if spec.InstanceUuid == "" {
		spec.InstanceUuid = uuid.NewString()
	}
	return &spec
}

// inherit copies what the simulator's clone leaves behind.
func inherit(ctx *simulator.Context, template *simulator.VirtualMachine, ref types.ManagedObjectReference) {
	clone := ctx.Map.Get(ref).(*simulator.VirtualMachine)
	ctx.WithLock(clone, func() {
		clone.Config.Firmware = template.Config.Firmware
		if boot := template.Config.BootOptions; boot != nil {
			copied := *boot
			clone.Config.BootOptions = &copied
		}
		clone.Config.SwapPlacement = string(types.VirtualMachineConfigInfoSwapPlacementTypeInherit)
	})
}

// emptiestHost stands for DRS's first placement, without its arithmetic: by
// number of machines, the first of equals. Nil where the pool is unknown.
func emptiestHost(ctx *simulator.Context, pool types.ManagedObjectReference) *types.ManagedObjectReference {
	owner, ok := ctx.Map.Get(pool).(*simulator.ResourcePool)
	if !ok {
		return nil
	}
	cluster, ok := ctx.Map.Get(owner.Owner).(*simulator.ClusterComputeResource)
	if !ok {
		return nil
	}
	var best *types.ManagedObjectReference
	fewest := 0
	for _, ref := range cluster.Host {
		host := ctx.Map.Get(ref).(*simulator.HostSystem)
		var machines int
		ctx.WithLock(host, func() { machines = len(host.Vm) })
		if best == nil || machines < fewest {
			best, fewest = &host.Self, machines
		}
	}
	return best
}
