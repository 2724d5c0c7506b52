package gaps

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// DestroyTask removes a switch. vCenter refuses while a machine is attached,
// and takes the switch's port groups along; the simulator does neither, so the
// uplink group stayed behind in the network folder after every destroy.
func (*distributedSwitch) DestroyTask(ctx *simulator.Context, req *types.Destroy_Task) soap.HasFault {
	dvs := ctx.Map.Get(req.This).(*simulator.DistributedVirtualSwitch)
	ref := runTask(ctx, dvs, "destroy", func() (types.AnyType, types.BaseMethodFault) {
		groups := slices.Clone(dvs.Portgroup)
		if user := userOf(ctx, groups...); user != nil {
			return nil, &types.ResourceInUse{Type: user.Type, Name: user.Value}
		}
		for _, ref := range groups {
			if pg, ok := ctx.Map.Get(ref).(*simulator.DistributedVirtualPortgroup); ok {
				dropGroup(ctx, pg)
			}
		}
		res := dvs.DestroyTask(ctx, req).(*methods.Destroy_TaskBody)
		if task := finish(ctx, res.Res.Returnval); !succeeded(task) {
			return nil, task.Info.Error.Fault
		}
		return nil, nil
	})
	return &methods.Destroy_TaskBody{Res: &types.Destroy_TaskResponse{Returnval: ref}}
}

// userOf is a machine with an adapter on one of the port groups, or nil.
func userOf(ctx *simulator.Context, groups ...types.ManagedObjectReference) *types.ManagedObjectReference {
	for _, entity := range ctx.Map.All("VirtualMachine") {
		vm := entity.(*simulator.VirtualMachine)
		var found bool
		ctx.WithLock(vm, func() { found = simulator.FindReference(vm.Network, groups...) != nil })
		if found {
			return &vm.Self
		}
	}
	return nil
}

// dropGroup destroys a port group and the references that hosts hold to it.
func dropGroup(ctx *simulator.Context, pg *simulator.DistributedVirtualPortgroup) types.BaseMethodFault {
	hosts := slices.Clone(pg.Host)
	res := pg.DestroyTask(ctx, &types.Destroy_Task{This: pg.Self}).(*methods.Destroy_TaskBody)
	if task := finish(ctx, res.Res.Returnval); !succeeded(task) {
		return task.Info.Error.Fault
	}
	for _, host := range hosts {
		forget(ctx, host, []types.ManagedObjectReference{pg.Self})
	}
	return nil
}
