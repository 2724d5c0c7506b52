package fill

import (
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
)

const (
	gib = int64(1) << 30
	// cpuMhz is a plain server clock; nothing in a deployment depends on it.
	cpuMhz = 2600
	// roomyBytes leaves every datastore large enough never to refuse a disk:
	// the lab rehearses a deployment, not the sizing of a storage array.
	roomyBytes = int64(4) << 50
)

// equip gives a host the cores, memory and network adapters of the inventory.
// The simulator has no call for it, so its own objects are set.
func equip(host *simulator.HostSystem, c inventory.Cluster, adapters []string, index int) {
	hw := host.Summary.Hardware
	hw.NumCpuPkgs, hw.CpuMhz = 2, cpuMhz
	hw.NumCpuCores, hw.NumCpuThreads = int16(c.CoresPerHost), int16(2*c.CoresPerHost)
	hw.MemorySize = int64(c.MemoryGibPerHost) * gib
	host.Hardware.MemorySize = hw.MemorySize
	host.Hardware.CpuInfo.NumCpuPackages = hw.NumCpuPkgs
	host.Hardware.CpuInfo.NumCpuCores = hw.NumCpuCores
	host.Hardware.CpuInfo.NumCpuThreads = hw.NumCpuThreads
	for n, name := range adapters {
		addAdapter(host.Config.Network, name, fmt.Sprintf("02:00:00:%02x:%02x:%02x", index>>8, index&0xff, n))
	}
}

// addAdapter copies the simulator's one adapter under another name.
func addAdapter(network *types.HostNetworkInfo, name, mac string) {
	for i := range network.Pnic {
		if network.Pnic[i].Device == name {
			return
		}
	}
	adapter := network.Pnic[0]
	adapter.Device, adapter.Mac = name, mac
	adapter.Key = "key-vim.host.PhysicalNic-" + name
	network.Pnic = append(network.Pnic, adapter)
}

// total sums the hosts anew: the simulator adds a host's hardware when the host
// joins, before it was given its own.
func (f *filler) total(ref types.ManagedObjectReference) {
	cluster := f.model.Map().Get(ref).(*simulator.ClusterComputeResource)
	sum := cluster.Summary.GetComputeResourceSummary()
	sum.TotalCpu, sum.TotalMemory, sum.NumCpuCores, sum.NumCpuThreads = 0, 0, 0, 0
	for _, member := range cluster.Host {
		hw := f.model.Map().Get(member).(*simulator.HostSystem).Summary.Hardware
		sum.TotalCpu += int32(hw.NumCpuCores) * hw.CpuMhz
		sum.TotalMemory += hw.MemorySize
		sum.NumCpuCores += hw.NumCpuCores
		sum.NumCpuThreads += hw.NumCpuThreads
	}
	sum.EffectiveCpu = sum.TotalCpu
	sum.EffectiveMemory = sum.TotalMemory >> 20 // this one is told in MiB
	root := f.model.Map().Get(*cluster.ResourcePool).(*simulator.ResourcePool)
	root.Config.CpuAllocation = whole(int64(sum.TotalCpu))
	root.Config.MemoryAllocation = whole(sum.EffectiveMemory)
}

// roomy sets the capacity after the last host has mounted a datastore, for
// every mount resets it.
func (f *filler) roomy(names []string) {
	for _, entity := range f.model.Map().All("Datastore") {
		ds := entity.(*simulator.Datastore)
		for _, name := range names {
			if ds.Name == name {
				ds.Summary.Capacity, ds.Summary.FreeSpace = roomyBytes, roomyBytes
				ds.Info.GetDatastoreInfo().FreeSpace = roomyBytes
			}
		}
	}
}

// whole is the share of a cluster's root pool: all there is, and no more.
func whole(amount int64) types.ResourceAllocationInfo {
	return types.ResourceAllocationInfo{
		Reservation:           &amount,
		Limit:                 &amount,
		ExpandableReservation: types.NewBool(false),
		Shares:                &types.SharesInfo{Level: types.SharesLevelNormal, Shares: 4000},
	}
}
