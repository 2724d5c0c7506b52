package gaps

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

var numbered = regexp.MustCompile(`-\d{6}$`)

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
		ctx.WithLock(vm, func() { writeElsewhere(vm) })
		return task.Info.Result, nil
	})
	return &methods.CreateSnapshot_TaskBody{Res: &types.CreateSnapshot_TaskResponse{Returnval: ref}}
}

func writeElsewhere(vm *simulator.VirtualMachine) {
	for _, device := range vm.Config.Hardware.Device {
		disk, ok := device.(*types.VirtualDisk)
		if !ok {
			continue
		}
		if before, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo); ok {
			after := *before
			base := numbered.ReplaceAllString(strings.TrimSuffix(before.FileName, ".vmdk"), "")
			after.FileName, after.Parent = fmt.Sprintf("%s-%06d.vmdk", base, depth(before)), before
			disk.Backing = &after
		}
	}
}

// depth counts a backing and those above it.
func depth(backing *types.VirtualDiskFlatVer2BackingInfo) (count int) {
	for ; backing != nil; backing = backing.Parent {
		count++
	}
	return count
}
