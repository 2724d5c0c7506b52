package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type machine struct {
	override
	policies *Policies
	space    *space
}

// ReconfigVMTask keeps where a machine's swap file goes, which the simulator
// drops. vCenter answers "inherit" where nothing was said; the provider reads
// the field and plans a change of swap_placement_policy for an empty one. It
// also keeps the storage policies that the change names.
func (m *machine) ReconfigVMTask(ctx *simulator.Context, req *types.ReconfigVM_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	var res soap.HasFault
	ctx.WithLock(vm, func() {
		if req.Spec.SwapPlacement != "" {
			vm.Config.SwapPlacement = req.Spec.SwapPlacement
		}
		if vm.Config.SwapPlacement == "" {
			vm.Config.SwapPlacement = string(types.VirtualMachineConfigInfoSwapPlacementTypeInherit)
		}
		res = vm.ReconfigVMTask(ctx, req)
		sayCustomization(vm, req.Spec.ExtraConfig)
	})
	if task := finish(ctx, res.(*methods.ReconfigVM_TaskBody).Res.Returnval); succeeded(task) {
		m.policies.record(vm.Self, &req.Spec)
	}
	return res
}

// UpgradeVMTask leaves a machine alone that already has the wanted hardware
// version. vCenter says AlreadyUpgraded only to who asks for an older one; the
// simulator fails for the equal one, which hardware_version asks on creation.
func (*machine) UpgradeVMTask(ctx *simulator.Context, req *types.UpgradeVM_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	var res soap.HasFault
	ctx.WithLock(vm, func() {
		if req.Version != vm.Config.Version {
			res = vm.UpgradeVMTask(ctx, req)
			return
		}
		ref := runTask(ctx, vm, "upgradeVm", func() (types.AnyType, types.BaseMethodFault) { return nil, nil })
		res = &methods.UpgradeVM_TaskBody{Res: &types.UpgradeVM_TaskResponse{Returnval: ref}}
	})
	return res
}

// RenameTask writes the new name into the machine's configuration too, as
// vCenter does: it is where the provider reads it. The simulator changes the
// entity's name only.
func (*machine) RenameTask(ctx *simulator.Context, req *types.Rename_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	ref := runTask(ctx, vm, "rename", func() (types.AnyType, types.BaseMethodFault) {
		var body soap.HasFault
		ctx.WithLock(vm, func() { body = vm.RenameTask(ctx, req) })
		if task := finish(ctx, body.(*methods.Rename_TaskBody).Res.Returnval); !succeeded(task) {
			return nil, task.Info.Error.Fault
		}
		ctx.WithLock(vm, func() { vm.Config.Name, vm.Summary.Config.Name = req.NewName, req.NewName })
		return nil, nil
	})
	return &methods.Rename_TaskBody{Res: &types.Rename_TaskResponse{Returnval: ref}}
}
