package snapshot_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestWorkstationsOwnHardwareIsTold(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	vtpm := &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationAdd, Device: new(types.VirtualTPM)}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{
		MemoryAllocation: &types.ResourceAllocationInfo{Reservation: types.NewInt64(4096)},
		ExtraConfig:      []types.BaseOptionValue{&types.OptionValue{Key: "svga.vramSize", Value: "134217728"}},
		DeviceChange:     []types.BaseVirtualDeviceConfigSpec{vtpm},
	}))
	s, _ := take(v)
	seat := s.VirtualMachines[0]
	if seat.ReservedMib != 4096 || seat.Svga["svga.vramSize"] != "134217728" || !seat.Vtpm || s.Templates[0].Vtpm {
		t.Errorf("machine: %+v", seat)
	}
	if seat.Disks[0].File != "[vsan-a] seat/seat.vmdk" {
		t.Errorf("disk: %+v", seat.Disks[0])
	}
}

func TestCustomizedMachineHasTheNameThatWasAskedFor(t *testing.T) {
	windows := &types.CustomizationSysprep{UserData: types.CustomizationUserData{ComputerName: &types.CustomizationFixedName{Name: "POLA-0001"}}}
	linux := &types.CustomizationLinuxPrep{HostName: &types.CustomizationFixedName{Name: "pola-0002"}}
	v := vctest.Start(t)
	customize(v, v.Clone("one", "vdi-a", "vsan-a"), windows)
	customize(v, v.Clone("two", "vdi-a", "vsan-a"), linux)
	s, _ := take(v)
	if first, second := s.VirtualMachines[0].HostName, s.VirtualMachines[1].HostName; first != "POLA-0001" || second != "pola-0002" {
		t.Errorf("%q and %q", first, second)
	}
}

func customize(v *vctest.VCenter, vm *object.VirtualMachine, identity types.BaseCustomizationIdentitySettings) {
	v.Helper()
	card := types.CustomizationAdapterMapping{Adapter: types.CustomizationIPSettings{Ip: new(types.CustomizationDhcpIpGenerator)}}
	v.Done(vm.Customize(v.Ctx, types.CustomizationSpec{Identity: identity, NicSettingMap: []types.CustomizationAdapterMapping{card}}))
	v.Done(vm.PowerOn(v.Ctx))
}
