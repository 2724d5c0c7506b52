package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// AcquireTicket gives a ticket to a running machine's console, which opens
// nothing here. The simulator has no such call.
func (*machine) AcquireTicket(ctx *simulator.Context, req *types.AcquireTicket) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	body := new(methods.AcquireTicketBody)
	if state := vm.Runtime.PowerState; state != types.VirtualMachinePowerStatePoweredOn {
		body.Fault_ = simulator.Fault("", &types.InvalidPowerState{
			RequestedState: types.VirtualMachinePowerStatePoweredOn, ExistingState: state,
		})
		return body
	}
	body.Res = &types.AcquireTicketResponse{Returnval: types.VirtualMachineTicket{Ticket: "simulated", CfgFile: vm.Config.Files.VmPathName}}
	return body
}
