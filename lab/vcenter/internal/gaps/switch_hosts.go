package gaps

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// changeHosts lets hosts join, leave or change their adapters. The simulator
// knows joining and leaving, refuses an edit as not supported, and records
// neither the adapters nor that a host which left has no port groups any more.
func changeHosts(ctx *simulator.Context, dvs *simulator.DistributedVirtualSwitch, members []types.DistributedVirtualSwitchHostMemberConfigSpec) types.BaseMethodFault {
	moving := slices.DeleteFunc(slices.Clone(members), func(m types.DistributedVirtualSwitchHostMemberConfigSpec) bool {
		return m.Operation == string(types.ConfigSpecOperationEdit)
	})
	if len(moving) > 0 {
		req := &types.ReconfigureDvs_Task{This: dvs.Self, Spec: &types.DVSConfigSpec{Host: moving}}
		var task *simulator.Task
		res := dvs.ReconfigureDvsTask(ctx, req).(*methods.ReconfigureDvs_TaskBody)
		if task = finish(ctx, res.Res.Returnval); !succeeded(task) {
			return task.Info.Error.Fault
		}
	}
	ctx.WithLock(dvs, func() { recordHosts(dvs, members) })
	for _, member := range moving {
		if member.Operation == string(types.ConfigSpecOperationRemove) {
			forget(ctx, member.Host, dvs.Portgroup)
		}
	}
	return nil
}

func recordHosts(dvs *simulator.DistributedVirtualSwitch, members []types.DistributedVirtualSwitchHostMemberConfigSpec) {
	config := dvs.Config.(*types.VMwareDVSConfigInfo)
	hosts := slices.Clone(config.Host)
	for _, member := range members {
		host := member.Host
		hosts = slices.DeleteFunc(hosts, func(m types.DistributedVirtualSwitchHostMember) bool { return *m.Config.Host == host })
		if member.Operation != string(types.ConfigSpecOperationRemove) {
			hosts = append(hosts, types.DistributedVirtualSwitchHostMember{
				Config: types.DistributedVirtualSwitchHostMemberConfigInfo{
					Host: &host, Backing: member.Backing, MaxProxySwitchPorts: member.MaxProxySwitchPorts,
				},
				Status: string(types.DistributedVirtualSwitchHostMemberHostComponentStateUp),
			})
		}
	}
	config.Host = hosts
}

// forget takes port groups from a host, and from its cluster where no other
// host of it still has them.
func forget(ctx *simulator.Context, hostRef types.ManagedObjectReference, groups []types.ManagedObjectReference) {
	host, ok := ctx.Map.Get(hostRef).(*simulator.HostSystem)
	if !ok {
		return
	}
	ctx.WithLock(host, func() { host.Network = without(host.Network, groups...) })
	for _, ref := range groups {
		if pg, ok := ctx.Map.Get(ref).(*simulator.DistributedVirtualPortgroup); ok {
			ctx.WithLock(pg, func() { pg.Host = without(pg.Host, hostRef) })
		}
	}
	cluster, ok := ctx.Map.Get(*host.Parent).(*simulator.ClusterComputeResource)
	if !ok {
		return
	}
	ctx.WithLock(cluster, func() {
		for _, ref := range groups {
			if !anyHostHas(ctx, cluster.Host, ref) {
				cluster.Network = without(cluster.Network, ref)
			}
		}
	})
}

func anyHostHas(ctx *simulator.Context, hosts []types.ManagedObjectReference, network types.ManagedObjectReference) bool {
	return slices.ContainsFunc(hosts, func(ref types.ManagedObjectReference) bool {
		host, ok := ctx.Map.Get(ref).(*simulator.HostSystem)
		return ok && simulator.FindReference(host.Network, network) != nil
	})
}
