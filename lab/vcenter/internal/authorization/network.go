package authorization

import (
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// createSwitch also needs every host's consent. The reference asks for
// DVSwitch.Create alone; that a host's network must be yours to change is in
// "vSphere Networking", under hosts that join a switch.
func createSwitch(_ *simulator.Registry, this ref, body any) []Need {
	spec := body.(*types.CreateDVS_Task).Spec.ConfigSpec
	return append([]Need{{"DVSwitch.Create", this}}, members(spec.GetDVSConfigSpec().Host)...)
}

// changeSwitch follows ReconfigureDvs_Task of the reference, which says
// "policy" where it tells of hosts.
func changeSwitch(_ *simulator.Registry, this ref, body any) []Need {
	req := body.(*types.ReconfigureDvs_Task)
	spec := *req.Spec.GetDVSConfigSpec()
	var needs []Need
	add := func(asked bool, privilege string) {
		if asked {
			needs = append(needs, Need{privilege, this})
		}
	}
	add(spec.Policy != nil, "DVSwitch.PolicyOp")
	add(spec.DefaultPortConfig != nil, "DVSwitch.PortSetting")
	add(len(spec.Host) > 0, "DVSwitch.HostOp")
	needs = append(needs, members(spec.Host)...)
	vmware, ok := req.Spec.(*types.VMwareDVSConfigSpec)
	add(ok && len(vmware.VspanConfigSpec) > 0, "DVSwitch.Vspan")
	add(changesMore(spec) || ok && vmwareChangesMore(*vmware), "DVSwitch.Modify")
	return needs
}

func members(hosts []types.DistributedVirtualSwitchHostMemberConfigSpec) []Need {
	var needs []Need
	for _, member := range hosts {
		needs = append(needs, Need{"Host.Config.Network", member.Host})
	}
	return needs
}

// changesMore tells whether anything is named that has no privilege of its own.
func changesMore(spec types.DVSConfigSpec) bool {
	spec.ConfigVersion, spec.Policy, spec.DefaultPortConfig, spec.Host = "", nil, nil, nil
	return !reflect.ValueOf(spec).IsZero()
}

func vmwareChangesMore(spec types.VMwareDVSConfigSpec) bool {
	spec.DVSConfigSpec, spec.VspanConfigSpec = types.DVSConfigSpec{}, nil
	return !reflect.ValueOf(spec).IsZero()
}

func changeGroup(_ *simulator.Registry, this ref, body any) []Need {
	spec := body.(*types.ReconfigureDVPortgroup_Task).Spec
	var needs []Need
	if spec.Policy != nil {
		needs = append(needs, Need{"DVPortgroup.PolicyOp", this})
	}
	if len(spec.Scope) > 0 {
		needs = append(needs, Need{"DVPortgroup.ScopeOp", this})
	}
	spec.ConfigVersion, spec.Policy, spec.Scope = "", nil, nil
	if !reflect.ValueOf(spec).IsZero() {
		needs = append(needs, Need{"DVPortgroup.Modify", this})
	}
	return needs
}
