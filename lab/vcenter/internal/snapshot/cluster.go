package snapshot

import (
	"maps"
	"slices"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func cluster(in *index, c mo.ClusterComputeResource) Cluster {
	out := Cluster{Name: in.names[c.Self], Hosts: in.namesOf(c.Host), VMGroups: []Group{}, HostGroups: []Group{}, Rules: []Rule{}}
	config, ok := c.ConfigurationEx.(*types.ClusterConfigInfoEx)
	if !ok {
		return out
	}
	for _, group := range config.Group {
		switch group := group.(type) {
		case *types.ClusterVmGroup:
			out.VMGroups = append(out.VMGroups, Group{group.Name, in.namesOf(group.Vm)})
		case *types.ClusterHostGroup:
			out.HostGroups = append(out.HostGroups, Group{group.Name, in.namesOf(group.Host)})
		}
	}
	for _, given := range config.Rule {
		out.Rules = append(out.Rules, rule(in, given))
	}
	out.Overrides = overrides(in, config)
	return out
}

func overrides(in *index, config *types.ClusterConfigInfoEx) []Override {
	byMachine := map[types.ManagedObjectReference]Override{}
	of := func(ref types.ManagedObjectReference) Override {
		known := byMachine[ref]
		known.Machine = in.names[ref]
		return known
	}
	for _, info := range config.DasVmConfig {
		one := of(info.Key)
		if info.DasSettings != nil {
			one.RestartPriority = info.DasSettings.RestartPriority
		}
		byMachine[info.Key] = one
	}
	for _, info := range config.DrsVmConfig {
		one := of(info.Key)
		one.AutomationLevel = string(info.Behavior)
		byMachine[info.Key] = one
	}
	return slices.Collect(maps.Values(byMachine))
}

func rule(in *index, given types.BaseClusterRuleInfo) Rule {
	info := given.GetClusterRuleInfo()
	out := Rule{Name: info.Name, Type: "other", Enabled: yes(info.Enabled), Mandatory: yes(info.Mandatory)}
	switch rule := given.(type) {
	case *types.ClusterAffinityRuleSpec:
		out.Type, out.Members = "affinity", in.namesOf(rule.Vm)
	case *types.ClusterAntiAffinityRuleSpec:
		out.Type, out.Members = "antiAffinity", in.namesOf(rule.Vm)
	case *types.ClusterVmHostRuleInfo:
		out.Type, out.VMGroup = "vmHost", rule.VmGroupName
		out.AffineHostGroup, out.AntiAffineHostGroup = rule.AffineHostGroupName, rule.AntiAffineHostGroupName
	case *types.ClusterDependencyRuleInfo:
		out.Type = "dependency"
	}
	return out
}

func yes(flag *bool) bool { return flag != nil && *flag }
