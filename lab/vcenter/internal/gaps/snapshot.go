package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// CreateSnapshotTask lets the machine go on writing into new files, as vCenter
// does: each disk gets a backing of its own whose parent is the former. The
// simulator leaves the disks as they are, so no provider met the other paths.
func (*machine) CreateSnapshotTask(ctx *simulator.Context, req *types.CreateSnapshot_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	ref := runTask(ctx, vm, "createSnapshot", func() (types.AnyType, types.BaseMethodFault) {
		var body soap.HasFault
		ctx.WithLock(vm, func() { body = vm.CreateSnapshotTask(ctx, req) })
		task := finish(ctx, body.(*methods.CreateSnapshot_TaskBody).Res.Returnval)
		if !succeeded(task) {
			return nil, task.Info.Error.Fault
		}
		ctx.WithLock(vm, func() { writeElsewhere(vm.Config.Hardware.Device, lastNumber(vm)+1) })
		return task.Info.Result, nil
	})
	return &methods.CreateSnapshot_TaskBody{Res: &types.CreateSnapshot_TaskResponse{Returnval: ref}}
}

// writeElsewhere lets each disk go on in a new file above the present one.
func writeElsewhere(devices []types.BaseVirtualDevice, number int) {
	eachDisk(devices, func(_ int32, backing *diskBacking) {
		before := *backing
		backing.FileName, backing.Parent = numberedFile(before.FileName, number), &before
	})
}
