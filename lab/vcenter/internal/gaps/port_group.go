package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// defaultPorts is what vCenter gives a port group whose size is not named.
const defaultPorts = 8

type portGroup struct{ override }

// CreateDVPortgroupTask adds one port group and answers with its reference.
// The simulator has only the call that adds several and answers with none;
// vsphere_distributed_port_group uses this one.
func (*distributedSwitch) CreateDVPortgroupTask(ctx *simulator.Context, req *types.CreateDVPortgroup_Task) soap.HasFault {
	dvs := ctx.Map.Get(req.This).(*simulator.DistributedVirtualSwitch)
	ref := runTask(ctx, dvs, "createDVPortgroup", func() (types.AnyType, types.BaseMethodFault) {
		uplinks := dvs.Config.(*types.VMwareDVSConfigInfo).UplinkPortPolicy
		req.Spec.DefaultPortConfig = withUplinkOrder(req.Spec.DefaultPortConfig, uplinks)
		if req.Spec.NumPorts == 0 {
			req.Spec.NumPorts = defaultPorts
		}
		add := &types.AddDVPortgroup_Task{This: req.This, Spec: []types.DVPortgroupConfigSpec{req.Spec}}
		res := dvs.AddDVPortgroupTask(ctx, add).(*methods.AddDVPortgroup_TaskBody)
		if task := finish(ctx, res.Res.Returnval); !succeeded(task) {
			return nil, task.Info.Error.Fault
		}
		return dvs.Portgroup[len(dvs.Portgroup)-1], nil
	})
	return &methods.CreateDVPortgroup_TaskBody{Res: &types.CreateDVPortgroup_TaskResponse{Returnval: ref}}
}

// ReconfigureDVPortgroupTask changes what is named and keeps the rest, the
// name included. The simulator overwrites all with what is sent, and leaves
// the object's own name as it was: a renamed group was found by its old name.
func (*portGroup) ReconfigureDVPortgroupTask(ctx *simulator.Context, req *types.ReconfigureDVPortgroup_Task) soap.HasFault {
	pg := ctx.Map.Get(req.This).(*simulator.DistributedVirtualPortgroup)
	ref := runTask(ctx, ownerOf(ctx, pg), "reconfigureDvPortgroup", func() (types.AnyType, types.BaseMethodFault) {
		ctx.WithLock(pg, func() { reconfigureGroup(pg, &req.Spec) })
		return nil, nil
	})
	return &methods.ReconfigureDVPortgroup_TaskBody{Res: &types.ReconfigureDVPortgroup_TaskResponse{Returnval: ref}}
}

func reconfigureGroup(pg *simulator.DistributedVirtualPortgroup, spec *types.DVPortgroupConfigSpec) {
	if spec.DefaultPortConfig != nil {
		spec.DefaultPortConfig = mergeSetting(pg.Config.DefaultPortConfig, spec.DefaultPortConfig)
	}
	merge(&pg.Config, spec)
	if spec.Name != "" {
		pg.Name, pg.Entity().Name = spec.Name, spec.Name
		pg.Summary.GetNetworkSummary().Name = spec.Name
	}
	nextVersion(&pg.Config.ConfigVersion)
}

// DestroyTask refuses, as vCenter does, while a machine is attached; the
// simulator removes the group from under it, and leaves it listed at its hosts.
func (*portGroup) DestroyTask(ctx *simulator.Context, req *types.Destroy_Task) soap.HasFault {
	pg := ctx.Map.Get(req.This).(*simulator.DistributedVirtualPortgroup)
	ref := runTask(ctx, ownerOf(ctx, pg), "destroy", func() (types.AnyType, types.BaseMethodFault) {
		if user := userOf(ctx, pg.Self); user != nil {
			return nil, &types.ResourceInUse{Type: user.Type, Name: user.Value}
		}
		return nil, dropGroup(ctx, pg)
	})
	return &methods.Destroy_TaskBody{Res: &types.Destroy_TaskResponse{Returnval: ref}}
}

// ownerOf is the switch that a task on a port group locks. Locking the switch
// before the group, everywhere, is what keeps two tasks from waiting for each
// other.
func ownerOf(ctx *simulator.Context, pg *simulator.DistributedVirtualPortgroup) mo.Reference {
	if ref := pg.Config.DistributedVirtualSwitch; ref != nil {
		return *ref
	}
	return pg.Self
}
