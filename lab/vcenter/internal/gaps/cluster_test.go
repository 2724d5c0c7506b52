package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func change(v *vctest.VCenter, cluster *object.ClusterComputeResource, spec *types.ClusterConfigSpecEx) {
	v.Helper()
	v.Done(cluster.Reconfigure(v.Ctx, spec, true))
}

func bindings(v *vctest.VCenter, cluster *object.ClusterComputeResource) *types.ClusterConfigInfoEx {
	v.Helper()
	info, err := cluster.Configuration(v.Ctx)
	v.OK(err)
	return info
}

func withRuleAndGroup(v *vctest.VCenter) (*object.ClusterComputeResource, []types.ManagedObjectReference) {
	v.Helper()
	cluster := v.Cluster("vdi-a")
	vms := []types.ManagedObjectReference{v.Clone("one", "vdi-a", "vsan-a").Reference(), v.Clone("two", "vdi-a", "vsan-a").Reference()}
	apart := &types.ClusterAntiAffinityRuleSpec{ClusterRuleInfo: types.ClusterRuleInfo{Name: "apart"}, Vm: vms}
	together := &types.ClusterVmGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "seats"}, Vm: vms}
	change(v, cluster, &types.ClusterConfigSpecEx{
		RulesSpec: []types.ClusterRuleSpec{{Info: apart, ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}}},
		GroupSpec: []types.ClusterGroupSpec{{Info: together, ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}}},
	})
	return cluster, vms
}

func TestMachineThatGoesLeavesItsRulesAndGroups(t *testing.T) {
	v := vctest.Start(t)
	cluster, vms := withRuleAndGroup(v)
	v.Done(object.NewVirtualMachine(v.Client.Client, vms[0]).Destroy(v.Ctx))
	c := bindings(v, cluster)
	if rule := c.Rule[0].(*types.ClusterAntiAffinityRuleSpec); len(rule.Vm) != 1 || rule.Vm[0] != vms[1] {
		t.Errorf("rule has %v", rule.Vm)
	}
	if group := c.Group[0].(*types.ClusterVmGroup); len(group.Vm) != 1 || group.Vm[0] != vms[1] {
		t.Errorf("group has %v", group.Vm)
	}
}

func TestRuleIsEditedByItsKey(t *testing.T) {
	v := vctest.Start(t)
	cluster, vms := withRuleAndGroup(v)
	before := *bindings(v, cluster).Rule[0].GetClusterRuleInfo()
	renamed := &types.ClusterAntiAffinityRuleSpec{ClusterRuleInfo: types.ClusterRuleInfo{Key: before.Key, Name: "renamed"}, Vm: vms}
	change(v, cluster, &types.ClusterConfigSpecEx{
		RulesSpec: []types.ClusterRuleSpec{{Info: renamed, ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationEdit}}},
	})
	rules := bindings(v, cluster).Rule
	after := rules[0].GetClusterRuleInfo()
	if len(rules) != 1 || after.Name != "renamed" || after.RuleUuid != before.RuleUuid {
		t.Fatalf("before %+v, after %+v", before, after)
	}
}

func automation(vm types.ManagedObjectReference, level types.DrsBehavior) *types.ClusterConfigSpecEx {
	info := &types.ClusterDrsVmConfigInfo{Key: vm, Enabled: types.NewBool(true), Behavior: level}
	return &types.ClusterConfigSpecEx{
		DrsVmConfigSpec: []types.ClusterDrsVmConfigSpec{{Info: info, ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}}},
	}
}

func restart(vm types.ManagedObjectReference, priority string) *types.ClusterConfigSpecEx {
	info := &types.ClusterDasVmConfigInfo{Key: vm, DasSettings: &types.ClusterDasVmSettings{RestartPriority: priority}}
	return &types.ClusterConfigSpecEx{
		DasVmConfigSpec: []types.ClusterDasVmConfigSpec{{Info: info, ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}}},
	}
}

func TestDrsOverrideThatIsAddedReplacesTheFormerOne(t *testing.T) {
	v := vctest.Start(t)
	cluster, vm := v.Cluster("vdi-a"), v.Clone("gateway", "vdi-a", "vsan-a").Reference()
	change(v, cluster, automation(vm, types.DrsBehaviorManual))
	change(v, cluster, automation(vm, types.DrsBehaviorPartiallyAutomated))
	if overrides := bindings(v, cluster).DrsVmConfig; len(overrides) != 1 || overrides[0].Behavior != types.DrsBehaviorPartiallyAutomated {
		t.Errorf("overrides: %+v", overrides)
	}
}

func TestMachineThatGoesLeavesItsOverrides(t *testing.T) {
	v := vctest.Start(t)
	cluster, gone, stays := v.Cluster("vdi-a"), v.Clone("one", "vdi-a", "vsan-a"), v.Clone("two", "vdi-a", "vsan-a").Reference()
	for _, vm := range []types.ManagedObjectReference{gone.Reference(), stays} {
		change(v, cluster, automation(vm, types.DrsBehaviorManual))
		change(v, cluster, restart(vm, "highest"))
	}
	v.Done(gone.Destroy(v.Ctx))
	c := bindings(v, cluster)
	if len(c.DasVmConfig) != 1 || c.DasVmConfig[0].Key != stays || len(c.DrsVmConfig) != 1 || c.DrsVmConfig[0].Key != stays {
		t.Errorf("restart %+v, automation %+v", c.DasVmConfig, c.DrsVmConfig)
	}
}
