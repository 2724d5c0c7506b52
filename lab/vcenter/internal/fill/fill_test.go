package fill_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/vctest"
)

func TestHostsHaveTheInventorysHardware(t *testing.T) {
	v := vctest.Start(t)
	for _, ref := range v.Hosts("vdi-b") {
		host := vctest.Get[mo.HostSystem](v, ref, "summary.hardware", "hardware.memorySize", "config.network.pnic", "datastore")
		hw := host.Summary.Hardware
		if hw.NumCpuCores != 32 || hw.MemorySize != 256<<30 || host.Hardware.MemorySize != hw.MemorySize || len(host.Datastore) != 1 {
			t.Errorf("%s: %+v", ref, hw)
		}
		seen := map[string]bool{}
		for _, pnic := range host.Config.Network.Pnic {
			seen[pnic.Device] = true
		}
		if !seen["vmnic0"] || !seen["vmnic2"] || !seen["vmnic3"] {
			t.Errorf("%s: adapters %v", ref, seen)
		}
	}
}

func TestAdaptersOfAllHostsHaveAddressesOfTheirOwn(t *testing.T) {
	v := vctest.Start(t)
	seen := map[string]bool{}
	for _, ref := range append(v.Hosts("vdi-a"), v.Hosts("vdi-b")...) {
		for _, pnic := range vctest.Get[mo.HostSystem](v, ref, "config.network.pnic").Config.Network.Pnic {
			if pnic.Device == "vmnic2" && seen[pnic.Mac] {
				t.Errorf("%s has %s, as another host", ref, pnic.Mac)
			}
			seen[pnic.Mac] = true
		}
	}
}

func TestClusterSumsItsHostsAndHasDRS(t *testing.T) {
	v := vctest.Start(t)
	cluster := vctest.Get[mo.ClusterComputeResource](v, v.Cluster("vdi-a").Reference(), "summary", "configurationEx")
	sum := cluster.Summary.GetComputeResourceSummary()
	if sum.NumHosts != 3 || sum.NumCpuCores != 3*64 || sum.TotalMemory != 3*512<<30 {
		t.Errorf("summary: %+v", sum)
	}
	if drs := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx).DrsConfig; drs.Enabled == nil || !*drs.Enabled {
		t.Errorf("DRS: %+v", drs)
	}
}

func TestDatastoreIsSharedAndRoomy(t *testing.T) {
	v := vctest.Start(t)
	found, err := v.Find.Datastore(v.Ctx, "vsan-a")
	v.OK(err)
	store := vctest.Get[mo.Datastore](v, found.Reference(), "host", "summary")
	if len(store.Host) != 3 || store.Summary.FreeSpace < 1<<50 {
		t.Fatalf("%d hosts, %d bytes", len(store.Host), store.Summary.FreeSpace)
	}
}

func TestTemplateIsReadyToBeCloned(t *testing.T) {
	v := vctest.Start(t)
	vm, err := v.Find.VirtualMachine(v.Ctx, "win11")
	v.OK(err)
	c := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config").Config
	devices := object.VirtualDeviceList(c.Hardware.Device)
	if !c.Template || c.Firmware != "efi" || c.GuestId != "windows11_64Guest" || c.Tools.ToolsVersion == 0 {
		t.Errorf("%v %s %s", c.Template, c.Firmware, c.GuestId)
	}
	disks := devices.SelectByType((*types.VirtualDisk)(nil))
	if len(disks) != 1 || disks[0].(*types.VirtualDisk).CapacityInKB != 80<<20 {
		t.Errorf("disks: %+v", disks)
	}
	if len(devices.SelectByType((*types.ParaVirtualSCSIController)(nil))) != 1 || len(devices.SelectByType((*types.VirtualVmxnet3)(nil))) != 1 {
		t.Errorf("devices: %+v", devices)
	}
}

func TestTemplateWithATpmGivesItsClonesOne(t *testing.T) {
	inv := vctest.Inventory()
	inv.Templates[0].Tpm = true
	v := vctest.StartWith(t, inv)
	template, err := v.Find.VirtualMachine(v.Ctx, "win11")
	v.OK(err)
	for _, ref := range []types.ManagedObjectReference{template.Reference(), v.Clone("seat", "vdi-a", "vsan-a").Reference()} {
		devices := object.VirtualDeviceList(vctest.Get[mo.VirtualMachine](v, ref, "config").Config.Hardware.Device)
		if found := len(devices.SelectByType((*types.VirtualTPM)(nil))); found != 1 {
			t.Errorf("%s has %d TPMs", ref.Value, found)
		}
	}
}

func handmade() inventory.Machine {
	return inventory.Machine{
		Name: "POLA-0001", Folder: "Smart Working 2020/Anagrafe", Cluster: "vdi-b", Datastore: "vsan-b", Network: "VLAN 120",
		Cpus: 4, MemoryMib: 8192, GuestID: "windows9_64Guest", Firmware: "bios", DisksGib: []int{80, 20},
	}
}

func TestMachineStandsAsItWasMadeByHand(t *testing.T) {
	inv := vctest.Inventory()
	inv.Machines = []inventory.Machine{handmade()}
	v := vctest.StartWith(t, inv)
	found, err := v.Find.VirtualMachine(v.Ctx, "/Prova/vm/Smart Working 2020/Anagrafe/POLA-0001")
	v.OK(err)
	vm := vctest.Get[mo.VirtualMachine](v, found.Reference(), "config", "runtime", "network")
	hardware := vm.Config.Hardware
	if vm.Runtime.PowerState != types.VirtualMachinePowerStatePoweredOn || vm.Config.Template {
		t.Errorf("%s, template %v", vm.Runtime.PowerState, vm.Config.Template)
	}
	if hardware.NumCPU != 4 || hardware.MemoryMB != 8192 || vm.Config.GuestId != "windows9_64Guest" || vm.Config.Firmware != "bios" {
		t.Errorf("%d CPUs, %d MiB, %s, %s", hardware.NumCPU, hardware.MemoryMB, vm.Config.GuestId, vm.Config.Firmware)
	}
	if !slices.Contains(v.Hosts("vdi-b"), *vm.Runtime.Host) {
		t.Errorf("on %s of another cluster", vm.Runtime.Host)
	}
	if name := vctest.Get[mo.Network](v, vm.Network[0], "name").Name; name != "VLAN 120" || len(vm.Network) != 1 {
		t.Errorf("%d networks, the first is %s", len(vm.Network), name)
	}
}

func TestMachineHasThinDisksOnOnePvscsiController(t *testing.T) {
	inv := vctest.Inventory()
	inv.Machines = []inventory.Machine{handmade()}
	v := vctest.StartWith(t, inv)
	vm, err := v.Find.VirtualMachine(v.Ctx, "POLA-0001")
	v.OK(err)
	devices, err := vm.Device(v.Ctx)
	v.OK(err)
	if len(devices.SelectByType((*types.ParaVirtualSCSIController)(nil))) != 1 || len(devices.SelectByType((*types.VirtualVmxnet3)(nil))) != 1 {
		t.Errorf("devices: %+v", devices)
	}
	var sizes []int64
	files := map[string]bool{}
	for _, device := range devices.SelectByType((*types.VirtualDisk)(nil)) {
		disk := device.(*types.VirtualDisk)
		backing := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
		if int(*disk.UnitNumber) != len(sizes) || !*backing.ThinProvisioned {
			t.Errorf("unit %d, thin %v", *disk.UnitNumber, *backing.ThinProvisioned)
		}
		if label := disk.DeviceInfo.GetDescription().Label; label != fmt.Sprintf("Hard disk %d", len(sizes)+1) {
			t.Errorf("disk %d is labelled %q", len(sizes), label)
		}
		sizes, files[backing.FileName] = append(sizes, disk.CapacityInKB>>20), true
	}
	if !slices.Equal(sizes, []int64{80, 20}) || len(files) != 2 {
		t.Errorf("%v GiB in %v", sizes, files)
	}
}

func TestMachineHasWhatVCenterSetsByDefault(t *testing.T) {
	inv := vctest.Inventory()
	inv.Machines = []inventory.Machine{handmade()}
	v := vctest.StartWith(t, inv)
	found, err := v.Find.VirtualMachine(v.Ctx, "POLA-0001")
	v.OK(err)
	config := vctest.Get[mo.VirtualMachine](v, found.Reference(), "config").Config
	if config.SwapPlacement != "inherit" || config.BootOptions.BootRetryDelay != 10000 || *config.BootOptions.EfiSecureBootEnabled {
		t.Errorf("swap %q, boot %+v", config.SwapPlacement, config.BootOptions)
	}
	if !*config.Flags.EnableLogging || config.Flags.VirtualExecUsage != "hvAuto" || config.Flags.VirtualMmuUsage != "automatic" {
		t.Errorf("flags %+v", config.Flags)
	}
	if !*config.Tools.AfterPowerOn || !*config.Tools.SyncTimeWithHostAllowed || config.Tools.ToolsUpgradePolicy != "manual" {
		t.Errorf("tools %+v", config.Tools)
	}
}

func TestMachinesMayShareFolderAndNetwork(t *testing.T) {
	inv := vctest.Inventory()
	second, third := handmade(), handmade()
	second.Name, third.Folder, third.Network = "POLA-0002", "", ""
	inv.Machines = []inventory.Machine{handmade(), second, third}
	v := vctest.StartWith(t, inv)
	for _, path := range []string{"Smart Working 2020/Anagrafe/POLA-0001", "Smart Working 2020/Anagrafe/POLA-0002", "POLA-0001"} {
		_, err := v.Find.VirtualMachine(v.Ctx, "/Prova/vm/"+path)
		v.OK(err)
	}
}

func TestALargeClusterHasItsHostsAndTheirDatastores(t *testing.T) {
	inv := vctest.Inventory()
	for i := range 24 {
		inv.Clusters[0].Hosts = append(inv.Clusters[0].Hosts, fmt.Sprintf("more-%02d.example", i))
	}
	v := vctest.StartWith(t, inv)
	hosts := v.Hosts("vdi-a")
	if len(hosts) != 27 {
		t.Fatalf("%d hosts", len(hosts))
	}
	for _, ref := range hosts {
		if host := vctest.Get[mo.HostSystem](v, ref, "datastore"); len(host.Datastore) != len(inv.Clusters[0].Datastores) {
			t.Errorf("%s has %d datastores", ref.Value, len(host.Datastore))
		}
	}
}

func TestExistingSwitchHasEveryHostAndItsPrivateVlans(t *testing.T) {
	inv := vctest.Inventory()
	inv.Switches = []inventory.Switch{{Name: "dvs-old", Mtu: 9000, PrivateVlans: []inventory.PrivateVlan{
		{Primary: 110, Secondary: 110, Type: "promiscuous"}, {Primary: 110, Secondary: 111, Type: "isolated"},
	}}}
	v := vctest.StartWith(t, inv)
	found, err := v.Find.Network(v.Ctx, "dvs-old")
	v.OK(err)
	dvs := vctest.Get[mo.VmwareDistributedVirtualSwitch](v, found.Reference(), "config", "summary")
	config := dvs.Config.(*types.VMwareDVSConfigInfo)
	if len(config.Host) != 6 || config.MaxMtu != 9000 || len(config.PvlanConfig) != 2 {
		t.Errorf("%d hosts, MTU %d, private VLANs %+v", len(config.Host), config.MaxMtu, config.PvlanConfig)
	}
}

func TestATemplateHasItsSnapshot(t *testing.T) {
	inv := vctest.Inventory()
	inv.Templates[0].Snapshot = "base"
	v := vctest.StartWith(t, inv)
	vm, err := v.Find.VirtualMachine(v.Ctx, "win11")
	v.OK(err)
	got := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "config.template", "snapshot")
	if !got.Config.Template || got.Snapshot == nil || len(got.Snapshot.RootSnapshotList) != 1 || got.Snapshot.RootSnapshotList[0].Name != "base" {
		t.Errorf("template %v, %+v", got.Config.Template, got.Snapshot)
	}
}
