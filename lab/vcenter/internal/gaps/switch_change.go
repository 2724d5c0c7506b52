package gaps

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type distributedSwitch struct{ override }

// ReconfigureDvsTask changes a switch. The simulator takes hosts in and out
// and drops the rest: MTU, uplinks, private VLANs, policies, the name, a
// host's adapters. vsphere_distributed_virtual_switch sends all of them.
func (*distributedSwitch) ReconfigureDvsTask(ctx *simulator.Context, req *types.ReconfigureDvs_Task) soap.HasFault {
	dvs := ctx.Map.Get(req.This).(*simulator.DistributedVirtualSwitch)
	spec := vmwareSpec(req.Spec)
	ref := runTask(ctx, dvs, "reconfigureDvs", func() (types.AnyType, types.BaseMethodFault) {
		if fault := changeHosts(ctx, dvs, spec.Host); fault != nil {
			return nil, fault
		}
		ctx.WithLock(dvs, func() { reconfigure(dvs, spec) })
		return nil, nil
	})
	return &methods.ReconfigureDvs_TaskBody{Res: &types.ReconfigureDvs_TaskResponse{Returnval: ref}}
}

func reconfigure(dvs *simulator.DistributedVirtualSwitch, spec *types.VMwareDVSConfigSpec) {
	config := dvs.Config.(*types.VMwareDVSConfigInfo)
	applyPrivateVlans(config, spec.PvlanConfigSpec)
	if spec.DefaultPortConfig != nil {
		spec.DefaultPortConfig = mergeSetting(config.DefaultPortConfig, spec.DefaultPortConfig)
	}
	merge(&config.DVSConfigInfo, &spec.DVSConfigSpec)
	merge(config, spec)
	if spec.Name != "" {
		dvs.Name, dvs.Summary.Name = spec.Name, spec.Name
		dvs.Entity().Name = spec.Name
	}
	nextVersion(&config.ConfigVersion)
}

// EnableNetworkResourceManagement switches network I/O control; the simulator
// lacks it, and the provider calls it after every creation of a switch.
func (*distributedSwitch) EnableNetworkResourceManagement(ctx *simulator.Context, req *types.EnableNetworkResourceManagement) soap.HasFault {
	dvs := ctx.Map.Get(req.This).(*simulator.DistributedVirtualSwitch)
	ctx.WithLock(dvs, func() {
		dvs.Config.(*types.VMwareDVSConfigInfo).NetworkResourceManagementEnabled = req.Enable
	})
	return &methods.EnableNetworkResourceManagementBody{Res: new(types.EnableNetworkResourceManagementResponse)}
}

// applyPrivateVlans edits the map of private VLANs, which the simulator drops.
func applyPrivateVlans(config *types.VMwareDVSConfigInfo, changes []types.VMwareDVSPvlanConfigSpec) {
	entries := slices.Clone(config.PvlanConfig)
	for _, change := range changes {
		entry := change.PvlanEntry
		entries = slices.DeleteFunc(entries, func(e types.VMwareDVSPvlanMapEntry) bool {
			return e.PrimaryVlanId == entry.PrimaryVlanId && e.SecondaryVlanId == entry.SecondaryVlanId
		})
		if change.Operation != string(types.ConfigSpecOperationRemove) {
			entries = append(entries, entry)
		}
	}
	config.PvlanConfig = entries
}
