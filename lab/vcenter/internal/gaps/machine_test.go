package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func TestSwapPlacementIsKept(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	placement := func() string {
		return vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config.swapPlacement").Config.SwapPlacement
	}
	if got := placement(); got != "inherit" {
		t.Errorf("a clone has %q", got)
	}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{SwapPlacement: "hostLocal"}))
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{NumCPUs: 4}))
	if got := placement(); got != "hostLocal" {
		t.Errorf("after two changes: %q", got)
	}
}

func TestUpgradeToTheVersionThatIsThereSucceeds(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	version := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config.version").Config.Version
	v.Done(vm.UpgradeVM(v.Ctx, version))
}

func TestCloneRunsInItsPoolsClusterOnTheEmptiestHost(t *testing.T) {
	v := vctest.Start(t)
	seen := make(map[types.ManagedObjectReference]int)
	for _, name := range []string{"one", "two", "three"} {
		vm := v.Clone(name, "vdi-b", "vsan-b")
		seen[*vctest.Get[mo.VirtualMachine](v, vm.Reference(), "runtime.host").Runtime.Host]++
	}
	for _, host := range v.Hosts("vdi-b") {
		if seen[host] != 1 {
			t.Errorf("%s has %d of three clones", host, seen[host])
		}
	}
}

func TestCloneInheritsFirmwareAndSecureBoot(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	c := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config").Config
	if c.Firmware != "efi" || c.BootOptions == nil || !*c.BootOptions.EfiSecureBootEnabled {
		t.Fatalf("firmware %q, boot %+v", c.Firmware, c.BootOptions)
	}
}

func TestCloneThatTakesADepartedMachinesNameHasItsOwnUUIDs(t *testing.T) {
	v := vctest.Start(t)
	uuids := func() (string, string) {
		vm := v.Clone("seat", "vdi-a", "vsan-a")
		c := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config").Config
		v.Done(vm.Destroy(v.Ctx))
		return c.Uuid, c.InstanceUuid
	}
	bios, instance := uuids()
	if otherBios, otherInstance := uuids(); bios == otherBios || instance == otherInstance || bios == "" {
		t.Fatalf("%s and %s came twice", bios, instance)
	}
}

func TestRenamedMachineHasItsNameInItsConfigurationToo(t *testing.T) {
	v := vctest.Start(t)
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	v.Done(vm.Rename(v.Ctx, "other"))
	got := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "name", "config.name", "summary.config.name")
	if got.Name != "other" || got.Config.Name != "other" || got.Summary.Config.Name != "other" {
		t.Errorf("%q, %q, %q", got.Name, got.Config.Name, got.Summary.Config.Name)
	}
}
