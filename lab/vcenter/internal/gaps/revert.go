package gaps

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

type machineSnapshot struct{ override }

// RevertToSnapshotTask brings a machine back to what it was: hardware,
// networks, advanced settings, and disks that go on in new files above the
// snapshot's. One that was taken without memory is of a machine that is off.
// The simulator says which snapshot is the current one, and changes nothing.
func (*machineSnapshot) RevertToSnapshotTask(ctx *simulator.Context, req *types.RevertToSnapshot_Task) soap.HasFault {
	snapshot := ctx.Map.Get(req.This).(*simulator.VirtualMachineSnapshot)
	vm := ctx.Map.Get(snapshot.Vm).(*simulator.VirtualMachine)
	ref := runTask(ctx, vm, "revertToSnapshot", func() (types.AnyType, types.BaseMethodFault) {
		if vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
			off := vm.PowerOffVMTask(ctx, &types.PowerOffVM_Task{This: vm.Self}).(*methods.PowerOffVM_TaskBody)
			finish(ctx, off.Res.Returnval)
		}
		finish(ctx, snapshot.RevertToSnapshotTask(ctx, req).(*methods.RevertToSnapshot_TaskBody).Res.Returnval)
		ctx.WithLock(vm, func() { goBack(ctx, vm, snapshot) })
		return nil, nil
	})
	return &methods.RevertToSnapshot_TaskBody{Res: &types.RevertToSnapshot_TaskResponse{Returnval: ref}}
}

func goBack(ctx *simulator.Context, vm *simulator.VirtualMachine, snapshot *simulator.VirtualMachineSnapshot) {
	config := copyOf(snapshot.Config)
	writeElsewhere(config.Hardware.Device, lastNumber(vm)+1)
	config.Modified = vm.Config.Modified
	summary := vm.Summary.Config
	summary.NumCpu, summary.MemorySizeMB = config.Hardware.NumCPU, config.Hardware.MemoryMB
	ctx.Update(vm, []types.PropertyChange{
		{Name: "config", Val: &config},
		{Name: "summary.config", Val: summary},
		{Name: "network", Val: networksOf(config.Hardware.Device, vm.Network)},
	})
}

// networksOf are the port groups that devices are connected to; of a standard
// switch, whose networks devices name otherwise, those that the machine has.
func networksOf(devices []types.BaseVirtualDevice, before []types.ManagedObjectReference) []types.ManagedObjectReference {
	var found []types.ManagedObjectReference
	for _, device := range devices {
		if port, ok := device.GetVirtualDevice().Backing.(*types.VirtualEthernetCardDistributedVirtualPortBackingInfo); ok {
			found = append(found, types.ManagedObjectReference{Type: "DistributedVirtualPortgroup", Value: port.Port.PortgroupKey})
		}
	}
	if found == nil {
		return before
	}
	return found
}

func copyOf(config types.VirtualMachineConfigInfo) (copied types.VirtualMachineConfigInfo) {
	text, err := xml.Marshal(config)
	if err != nil {
		panic(err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.TypeFunc = types.TypeFunc()
	if err := decoder.Decode(&copied); err != nil {
		panic(err)
	}
	return copied
}

// numbered is the end of the name of a file that a snapshot's machine writes.
var numbered = regexp.MustCompile(`-(\d{6})\.vmdk$`)

// lastNumber is the highest in the names of the files that a machine's disks
// write into, and 0 before the first snapshot.
func lastNumber(vm *simulator.VirtualMachine) (highest int) {
	eachDisk(vm.Config.Hardware.Device, func(_ int32, backing *diskBacking) {
		if found := numbered.FindStringSubmatch(backing.FileName); found != nil {
			number, _ := strconv.Atoi(found[1])
			highest = max(highest, number)
		}
	})
	return highest
}

func numberedFile(name string, number int) string {
	base := strings.TrimSuffix(numbered.ReplaceAllString(name, ".vmdk"), ".vmdk")
	return fmt.Sprintf("%s-%06d.vmdk", base, number)
}
