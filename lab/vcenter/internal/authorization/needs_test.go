package authorization

import (
	"slices"
	"strings"
	"testing"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func ptr[T any](v T) *T { return &v }

// asked are the privileges of a change of a machine that the registry lacks,
// without their common beginning.
func asked(spec types.VirtualMachineConfigSpec) []string {
	return askedIn(simulator.NewRegistry(), spec)
}

func askedIn(registry *simulator.Registry, spec types.VirtualMachineConfigSpec) []string {
	vm := ref{Type: "VirtualMachine", Value: "vm-1"}
	call := &simulator.Method{Name: "ReconfigVM_Task", This: vm, Body: &types.ReconfigVM_Task{This: vm, Spec: spec}}
	var privileges []string
	for _, need := range needsOf(registry, call) {
		privileges = append(privileges, strings.TrimPrefix(need.Privilege, "VirtualMachine.Config."))
	}
	slices.Sort(privileges)
	return slices.Compact(privileges)
}

func devices(changes ...types.VirtualDeviceConfigSpec) types.VirtualMachineConfigSpec {
	var spec types.VirtualMachineConfigSpec
	for _, change := range changes {
		spec.DeviceChange = append(spec.DeviceChange, &change)
	}
	return spec
}

func TestChangesOfAMachineNeedWhatTheyName(t *testing.T) {
	disk := &types.VirtualDisk{VirtualDevice: types.VirtualDevice{Key: 2000}}
	card := &types.VirtualVmxnet3{}
	card.Backing = &types.VirtualEthernetCardDistributedVirtualPortBackingInfo{Port: types.DistributedVirtualSwitchPortConnection{PortgroupKey: "dvportgroup-1"}}
	card.Connectable = new(types.VirtualDeviceConnectInfo)
	create := types.VirtualDeviceConfigSpecFileOperationCreate
	cases := []struct {
		name string
		spec types.VirtualMachineConfigSpec
		want string
	}{
		{"nothing", types.VirtualMachineConfigSpec{}, ""},
		{"name", types.VirtualMachineConfigSpec{Name: "x"}, "Rename"},
		{"annotation", types.VirtualMachineConfigSpec{Annotation: "x"}, "Annotation"},
		{"cores", types.VirtualMachineConfigSpec{NumCoresPerSocket: ptr[int32](2)}, "CPUCount"},
		{"memory", types.VirtualMachineConfigSpec{MemoryMB: 1}, "Memory"},
		{"firmware", types.VirtualMachineConfigSpec{Firmware: "efi"}, "Settings"},
		{"reservation", types.VirtualMachineConfigSpec{MemoryAllocation: new(types.ResourceAllocationInfo)}, "Resource"},
		{"guestinfo", types.VirtualMachineConfigSpec{ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: "guestinfo.x"}}}, "AdvancedConfig"},
		{"swap", types.VirtualMachineConfigSpec{SwapPlacement: "inherit"}, "SwapPlacement"},
		{"new disk", devices(types.VirtualDeviceConfigSpec{Operation: adding, FileOperation: create, Device: disk}), "AddNewDisk Datastore.AllocateSpace"},
		{"present disk", devices(types.VirtualDeviceConfigSpec{Operation: adding, Device: disk}), "AddExistingDisk"},
		{"disk that goes", devices(types.VirtualDeviceConfigSpec{Operation: removing, Device: disk}), "RemoveDisk"},
		{"card", devices(types.VirtualDeviceConfigSpec{Operation: adding, Device: card}), "AddRemoveDevice Network.Assign"},
		{"card in another network", devices(types.VirtualDeviceConfigSpec{Operation: editing, Device: card}), "EditDevice Network.Assign VirtualMachine.Interact.DeviceConnection"},
		{"card that goes", devices(types.VirtualDeviceConfigSpec{Operation: removing, Device: card}), "AddRemoveDevice"},
		{"TPM", devices(types.VirtualDeviceConfigSpec{Operation: adding, Device: new(types.VirtualTPM)}), "AddRemoveDevice Cryptographer.Encrypt"},
		{"controller", devices(types.VirtualDeviceConfigSpec{Operation: editing, Device: new(types.ParaVirtualSCSIController)}), "EditDevice"},
		{"medium", devices(types.VirtualDeviceConfigSpec{Operation: editing, Device: new(types.VirtualCdrom)}), "VirtualMachine.Interact.SetCDMedia"},
	}
	for _, c := range cases {
		if got := strings.Join(asked(c.spec), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestChangesOfASwitchNeedWhatTheyName(t *testing.T) {
	dvs := ref{Type: "DistributedVirtualSwitch", Value: "dvs-1"}
	host := types.DistributedVirtualSwitchHostMemberConfigSpec{Host: ref{Type: "HostSystem", Value: "host-1"}}
	cases := []struct {
		spec types.BaseDVSConfigSpec
		want string
	}{
		{&types.DVSConfigSpec{ConfigVersion: "1"}, ""},
		{&types.DVSConfigSpec{Policy: new(types.DVSPolicy)}, "DVSwitch.PolicyOp"},
		{&types.DVSConfigSpec{DefaultPortConfig: new(types.DVPortSetting)}, "DVSwitch.PortSetting"},
		{&types.DVSConfigSpec{Host: []types.DistributedVirtualSwitchHostMemberConfigSpec{host}}, "DVSwitch.HostOp Host.Config.Network"},
		{&types.VMwareDVSConfigSpec{PvlanConfigSpec: make([]types.VMwareDVSPvlanConfigSpec, 1)}, "DVSwitch.Modify"},
		{&types.VMwareDVSConfigSpec{VspanConfigSpec: make([]types.VMwareDVSVspanConfigSpec, 1)}, "DVSwitch.Vspan"},
		{&types.DVSConfigSpec{Name: "x"}, "DVSwitch.Modify"},
	}
	for _, c := range cases {
		call := &simulator.Method{Name: "ReconfigureDvs_Task", This: dvs, Body: &types.ReconfigureDvs_Task{This: dvs, Spec: c.spec}}
		var got []string
		for _, need := range needsOf(simulator.NewRegistry(), call) {
			got = append(got, need.Privilege)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %q", c.spec, got, c.want)
		}
	}
}

func TestAnAdaptersConnectionAloneIsNoSetting(t *testing.T) {
	in := func(group string) types.BaseVirtualDeviceBackingInfo {
		return &types.VirtualEthernetCardDistributedVirtualPortBackingInfo{Port: types.DistributedVirtualSwitchPortConnection{PortgroupKey: group}}
	}
	card := func(group string, atStart bool) *types.VirtualVmxnet3 {
		card := &types.VirtualVmxnet3{}
		card.Key, card.Backing = 4000, in(group)
		card.Connectable = &types.VirtualDeviceConnectInfo{StartConnected: atStart}
		return card
	}
	registry := simulator.NewRegistry()
	vm := new(simulator.VirtualMachine)
	vm.Self = ref{Type: "VirtualMachine", Value: "vm-1"}
	vm.Config = new(types.VirtualMachineConfigInfo)
	vm.Config.Hardware.Device = []types.BaseVirtualDevice{card("own", true)}
	registry.Put(vm)
	other := card("own", true)
	other.MacAddress = "00:50:56:00:00:01"
	const settings = "EditDevice Network.Assign VirtualMachine.Interact.DeviceConnection"
	for name, c := range map[string]struct {
		card *types.VirtualVmxnet3
		want string
	}{
		"the connection":          {card("own", true), "VirtualMachine.Interact.DeviceConnection"},
		"the connection at start": {card("own", false), settings},
		"another port group":      {card("other", true), settings},
		"another address":         {other, settings},
	} {
		spec := devices(types.VirtualDeviceConfigSpec{Operation: editing, Device: c.card})
		if got := strings.Join(askedIn(registry, spec), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
