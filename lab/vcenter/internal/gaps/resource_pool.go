package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type resourcePool struct{ override }

// MoveIntoResourcePool takes machines of the same cluster into the pool; they
// stay on their hosts and datastores. The simulator has no such method, and the
// provider calls it for a machine whose pool is the only thing that changes, as
// one that is adopted.
func (*resourcePool) MoveIntoResourcePool(ctx *simulator.Context, req *types.MoveIntoResourcePool) soap.HasFault {
	for _, ref := range req.List {
		vm, ok := ctx.Map.Get(ref).(*simulator.VirtualMachine)
		if !ok || leavesCluster(ctx, vm, req.This) {
			return &methods.MoveIntoResourcePoolBody{Fault_: simulator.Fault("", &types.InvalidArgument{InvalidProperty: "list"})}
		}
		before := places(vm)
		ctx.Update(vm, []types.PropertyChange{{Name: "resourcePool", Val: &req.This}})
		register(ctx, vm.Self, before, places(vm))
	}
	return &methods.MoveIntoResourcePoolBody{Res: &types.MoveIntoResourcePoolResponse{}}
}
