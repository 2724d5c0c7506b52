package gaps

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type cluster struct{ override }

// ReconfigureComputeResourceTask finds a rule that is edited by its key, as
// vCenter does, and keeps the rule's UUID. The simulator looks by name, so
// that a rule could not be renamed, and forgets the UUID. A machine's DRS
// override that is added replaces the one that is there, which is how the
// provider changes it; the simulator refuses it.
func (*cluster) ReconfigureComputeResourceTask(ctx *simulator.Context, req *types.ReconfigureComputeResource_Task) soap.HasFault {
	real := ctx.Map.Get(req.This).(*simulator.ClusterComputeResource)
	var res soap.HasFault
	ctx.WithLock(real, func() {
		if spec, ok := req.Spec.(*types.ClusterConfigSpecEx); ok {
			config := real.ConfigurationEx.(*types.ClusterConfigInfoEx)
			alignRules(config, spec)
			alignOverrides(config, spec)
		}
		res = real.ReconfigureComputeResourceTask(ctx, req)
	})
	return res
}

func alignRules(config *types.ClusterConfigInfoEx, spec *types.ClusterConfigSpecEx) {
	for _, change := range spec.RulesSpec {
		if change.Operation != types.ArrayUpdateOperationEdit || change.Info == nil {
			continue
		}
		edited := change.Info.GetClusterRuleInfo()
		for _, rule := range config.Rule {
			if known := rule.GetClusterRuleInfo(); known.Key == edited.Key && edited.Key != 0 {
				known.Name, edited.RuleUuid = edited.Name, known.RuleUuid
			}
		}
	}
}

func alignOverrides(config *types.ClusterConfigInfoEx, spec *types.ClusterConfigSpecEx) {
	for i, change := range spec.DrsVmConfigSpec {
		if change.Operation != types.ArrayUpdateOperationAdd || change.Info == nil {
			continue
		}
		for _, known := range config.DrsVmConfig {
			if known.Key == change.Info.Key {
				spec.DrsVmConfigSpec[i].Operation = types.ArrayUpdateOperationEdit
			}
		}
	}
}

// departures follows objects that are removed from the inventory.
type departures struct {
	override
	space *space
}

func (*departures) PutObject(*simulator.Context, mo.Reference)                            {}
func (*departures) UpdateObject(*simulator.Context, mo.Reference, []types.PropertyChange) {}

// RemoveObject takes a deleted machine out of its cluster's rules, groups and
// overrides, and an object's permissions along with the object. vCenter does
// both; the simulator leaves references to nothing, on which the provider's
// next read of an anti-affinity rule or a machine group fails.
func (d *departures) RemoveObject(ctx *simulator.Context, ref types.ManagedObjectReference) {
	switch ref.Type {
	case "VirtualMachine":
		for _, entity := range ctx.Map.All("ClusterComputeResource") {
			ctx.WithLock(entity, func() { leave(entity.(*simulator.ClusterComputeResource), ref) })
		}
		dropPermissions(ctx, ref)
		d.space.release(ctx, ref)
	case "Folder", "ResourcePool":
		dropPermissions(ctx, ref)
	}
}

func leave(cluster *simulator.ClusterComputeResource, vm types.ManagedObjectReference) {
	config := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx)
	for _, rule := range config.Rule {
		switch rule := rule.(type) {
		case *types.ClusterAffinityRuleSpec:
			rule.Vm = without(rule.Vm, vm)
		case *types.ClusterAntiAffinityRuleSpec:
			rule.Vm = without(rule.Vm, vm)
		}
	}
	for _, group := range config.Group {
		if group, ok := group.(*types.ClusterVmGroup); ok && slices.Contains(group.Vm, vm) {
			group.Vm = without(group.Vm, vm)
		}
	}
	config.DasVmConfig = slices.DeleteFunc(slices.Clone(config.DasVmConfig), func(x types.ClusterDasVmConfigInfo) bool { return x.Key == vm })
	config.DrsVmConfig = slices.DeleteFunc(slices.Clone(config.DrsVmConfig), func(x types.ClusterDrsVmConfigInfo) bool { return x.Key == vm })
}
