package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func spec(adapters int) types.CustomizationSpec {
	text := "<unattend><ComputerName>mi-ana-0001</ComputerName></unattend>"
	maps := make([]types.CustomizationAdapterMapping, adapters)
	for i := range maps {
		maps[i].Adapter.Ip = &types.CustomizationDhcpIpGenerator{}
	}
	return types.CustomizationSpec{
		Options:       &types.CustomizationWinOptions{},
		Identity:      &types.CustomizationSysprepText{Value: text},
		NicSettingMap: maps,
	}
}

func TestCustomizationIsPendingUntilTheMachineStarts(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	guest := func() *types.GuestInfo {
		return vctest.Get[mo.VirtualMachine](v, vm.Reference(), "guest").Guest
	}
	status := func() string {
		if info := guest().CustomizationInfo; info != nil {
			return info.CustomizationStatus
		}
		return ""
	}
	if got := status(); got != "" {
		t.Errorf("a clone without a customization has %q", got)
	}
	v.Done(vm.Customize(v.Ctx, spec(len(guest().Net))))
	if got := status(); got != "TOOLSDEPLOYPKG_PENDING" {
		t.Errorf("before it starts: %q", got)
	}
	v.Done(vm.PowerOn(v.Ctx))
	if got := status(); got != "TOOLSDEPLOYPKG_SUCCEEDED" {
		t.Errorf("once it started: %q", got)
	}
	if got := guest().HostName; got != "mi-ana-0001" {
		t.Errorf("its name is %q", got)
	}
	said := []types.BaseOptionValue{&types.OptionValue{Key: "lab.customization", Value: "TOOLSDEPLOYPKG_RUNNING"}}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{ExtraConfig: said}))
	if got := status(); got != "TOOLSDEPLOYPKG_RUNNING" {
		t.Errorf("as a test said: %q", got)
	}
}
