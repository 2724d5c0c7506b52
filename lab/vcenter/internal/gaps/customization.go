package gaps

import (
	"regexp"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// customizationKey is a setting by which a test says in a machine's
// extraConfig how far its customization is; vCenter has no such key. Without
// it a machine is customized as soon as it is powered on.
const customizationKey = "lab.customization"

var computerName = regexp.MustCompile(`<ComputerName>([^<]*)</ComputerName>`)

// CustomizeVMTask says in guest.customizationInfo that a customization is
// pending, as vCenter does from 7.0.2 on, and reads the computer's name from
// an answer file of the caller's own, as Windows Setup does. The simulator
// knows neither.
func (m *machine) CustomizeVMTask(ctx *simulator.Context, req *types.CustomizeVM_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	if text, ok := req.Spec.Identity.(*types.CustomizationSysprepText); ok {
		req.Spec.Identity = sysprepOf(text.Value)
	}
	var res soap.HasFault
	ctx.WithLock(vm, func() { res = vm.CustomizeVMTask(ctx, req) })
	if task := finish(ctx, res.(*methods.CustomizeVM_TaskBody).Res.Returnval); succeeded(task) {
		ctx.WithLock(vm, func() { setCustomization(&vm.VirtualMachine, types.GuestInfoCustomizationStatusTOOLSDEPLOYPKG_PENDING) })
	}
	return res
}

func sysprepOf(text string) *types.CustomizationSysprep {
	name := ""
	if found := computerName.FindStringSubmatch(text); found != nil {
		name = found[1]
	}
	return &types.CustomizationSysprep{
		UserData: types.CustomizationUserData{ComputerName: &types.CustomizationFixedName{Name: name}},
	}
}

// customizations follows what the simulator does of a customization when a
// machine is powered on: it takes "pending" off, and where the adapters fit it
// sets the guest's too.
type customizations struct{ override }

func (*customizations) PutObject(*simulator.Context, mo.Reference) {}

func (*customizations) RemoveObject(*simulator.Context, types.ManagedObjectReference) {}

func (*customizations) UpdateObject(_ *simulator.Context, obj mo.Reference, changes []types.PropertyChange) {
	vm, ok := obj.(*mo.VirtualMachine)
	if !ok || len(changes) == 0 || changes[0].Name != "config.tools.pendingCustomization" {
		return
	}
	status := types.GuestInfoCustomizationStatusTOOLSDEPLOYPKG_SUCCEEDED
	if len(changes) == 1 {
		status = types.GuestInfoCustomizationStatusTOOLSDEPLOYPKG_FAILED
	}
	setCustomization(vm, status)
}

// sayCustomization takes a test's word for how far a customization is.
func sayCustomization(vm *simulator.VirtualMachine, options []types.BaseOptionValue) {
	for _, option := range options {
		if value := option.GetOptionValue(); value.Key == customizationKey {
			status, _ := value.Value.(string)
			setCustomization(&vm.VirtualMachine, types.GuestInfoCustomizationStatus(status))
		}
	}
}

func setCustomization(vm *mo.VirtualMachine, status types.GuestInfoCustomizationStatus) {
	info := &types.GuestInfoCustomizationInfo{CustomizationStatus: string(status)}
	if status == types.GuestInfoCustomizationStatusTOOLSDEPLOYPKG_FAILED {
		info.ErrorMsg = "the customization failed in the guest"
	}
	vm.Guest.CustomizationInfo = info
}
