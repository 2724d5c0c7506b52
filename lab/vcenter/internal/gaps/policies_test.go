package gaps_test

import (
	"fmt"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/pbm"
	"github.com/vmware/govmomi/pbm/methods"
	pbmtypes "github.com/vmware/govmomi/pbm/types"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestPolicyOfTheInventoryIsFoundByName(t *testing.T) {
	v, client := withPolicies(t)
	if _, err := client.ProfileIDByName(v.Ctx, "vdi-single"); err == nil {
		t.Error("a policy that nobody named is there")
	}
	profiles, err := client.RetrieveContent(v.Ctx, []pbmtypes.PbmProfileId{{UniqueId: policy(v, client, "vdi-mirrored")}})
	v.OK(err)
	if name := profiles[0].GetPbmProfile().Name; name != "vdi-mirrored" {
		t.Errorf("found %s", name)
	}
}

func TestMachineAndDiskHaveThePolicyThatTheyWereGiven(t *testing.T) {
	v, client := withPolicies(t)
	mirrored, usual := policy(v, client, "vdi-mirrored"), policy(v, client, "vSAN Default Storage Policy")
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	if got := home(v, client, vm); got != "" {
		t.Errorf("nobody gave a policy, and it has %s", got)
	}
	spec := addDisk(v, vm)
	spec.VmProfile = profile(usual)
	spec.DeviceChange[0].GetVirtualDeviceConfigSpec().Profile = profile(mirrored)
	v.Done(vm.Reconfigure(v.Ctx, spec))
	if got := home(v, client, vm); got != usual {
		t.Errorf("the machine has %q", got)
	}
	system, data := disks(v, vm)[0], disks(v, vm)[1]
	if ofDisk(v, client, vm, system) != "" || ofDisk(v, client, vm, data) != mirrored {
		t.Errorf("disks have %q and %q", ofDisk(v, client, vm, system), ofDisk(v, client, vm, data))
	}
	detach := &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationRemove, Device: data}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{DeviceChange: []types.BaseVirtualDeviceConfigSpec{detach}}))
	if got := ofDisk(v, client, vm, data); got != "" {
		t.Errorf("a disk that is gone has %s", got)
	}
}

func withPolicies(t *testing.T) (*vctest.VCenter, *pbm.Client) {
	t.Helper()
	inv := vctest.Inventory()
	inv.StoragePolicies = []string{"vdi-mirrored", "vSAN Default Storage Policy"}
	v := vctest.StartWith(t, inv)
	client, err := pbm.NewClient(v.Ctx, v.Client.Client)
	v.OK(err)
	return v, client
}

func policy(v *vctest.VCenter, client *pbm.Client, name string) string {
	v.Helper()
	id, err := client.ProfileIDByName(v.Ctx, name)
	v.OK(err)
	return id
}

func profile(id string) []types.BaseVirtualMachineProfileSpec {
	return []types.BaseVirtualMachineProfileSpec{&types.VirtualMachineDefinedProfileSpec{ProfileId: id}}
}

func home(v *vctest.VCenter, client *pbm.Client, vm *object.VirtualMachine) string {
	v.Helper()
	return associated(v, client, pbmtypes.PbmServerObjectRef{ObjectType: "virtualMachine", Key: vm.Reference().Value})
}

func ofDisk(v *vctest.VCenter, client *pbm.Client, vm *object.VirtualMachine, disk types.BaseVirtualDevice) string {
	v.Helper()
	key := fmt.Sprintf("%s:%d", vm.Reference().Value, disk.GetVirtualDevice().Key)
	return associated(v, client, pbmtypes.PbmServerObjectRef{ObjectType: "virtualDiskId", Key: key})
}

func associated(v *vctest.VCenter, client *pbm.Client, ref pbmtypes.PbmServerObjectRef) string {
	v.Helper()
	res, err := methods.PbmQueryAssociatedProfile(v.Ctx, client, &pbmtypes.PbmQueryAssociatedProfile{This: client.ServiceContent.ProfileManager, Entity: ref})
	v.OK(err)
	if len(res.Returnval) == 0 {
		return ""
	}
	return res.Returnval[0].UniqueId
}

func disks(v *vctest.VCenter, vm *object.VirtualMachine) object.VirtualDeviceList {
	v.Helper()
	devices, err := vm.Device(v.Ctx)
	v.OK(err)
	return devices.SelectByType((*types.VirtualDisk)(nil))
}

func addDisk(v *vctest.VCenter, vm *object.VirtualMachine) types.VirtualMachineConfigSpec {
	v.Helper()
	devices, err := vm.Device(v.Ctx)
	v.OK(err)
	controller, err := devices.FindDiskController("")
	v.OK(err)
	disk := devices.CreateDisk(controller, types.ManagedObjectReference{}, "")
	disk.CapacityInKB = 20 << 20
	change, err := object.VirtualDeviceList{disk}.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	v.OK(err)
	return types.VirtualMachineConfigSpec{DeviceChange: change}
}
