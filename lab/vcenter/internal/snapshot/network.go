package snapshot

import (
	"slices"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func distributedSwitch(in *index, s mo.VmwareDistributedVirtualSwitch) Switch {
	out := Switch{Name: in.names[s.Self], Uplinks: []string{}, Hosts: []SwitchHost{}, PrivateVlans: []PrivateVlan{}}
	config, ok := s.Config.(*types.VMwareDVSConfigInfo)
	if !ok {
		return out
	}
	out.Mtu = config.MaxMtu
	if named, ok := config.UplinkPortPolicy.(*types.DVSNameArrayUplinkPortPolicy); ok {
		out.Uplinks = named.UplinkPortName // their order says which is which
	}
	for _, member := range config.Host {
		out.Hosts = append(out.Hosts, SwitchHost{in.nameOf(member.Config.Host), adapters(member.Config.Backing)})
	}
	for _, entry := range config.PvlanConfig {
		out.PrivateVlans = append(out.PrivateVlans, PrivateVlan{entry.PrimaryVlanId, entry.SecondaryVlanId, entry.PvlanType})
	}
	return out
}

func adapters(backing types.BaseDistributedVirtualSwitchHostMemberBacking) []string {
	names := []string{}
	if pnics, ok := backing.(*types.DistributedVirtualSwitchHostMemberPnicBacking); ok {
		for _, pnic := range pnics.PnicSpec {
			names = append(names, pnic.PnicDevice)
		}
	}
	slices.Sort(names)
	return names
}

func portGroup(in *index, pg mo.DistributedVirtualPortgroup) PortGroup {
	out := PortGroup{
		Name: in.names[pg.Self], Switch: in.nameOf(pg.Config.DistributedVirtualSwitch),
		Uplink: yes(pg.Config.Uplink), NumPorts: pg.Config.NumPorts,
	}
	setting, ok := pg.Config.DefaultPortConfig.(*types.VMwareDVSPortSetting)
	if !ok {
		return out
	}
	switch vlan := setting.Vlan.(type) {
	case *types.VmwareDistributedVirtualSwitchVlanIdSpec:
		out.Vlan = &vlan.VlanId
	case *types.VmwareDistributedVirtualSwitchPvlanSpec:
		out.PrivateVlan = &vlan.PvlanId
	}
	if policy := setting.SecurityPolicy; policy != nil {
		out.Promiscuous = allowed(policy.AllowPromiscuous)
		out.ForgedTransmits = allowed(policy.ForgedTransmits)
		out.MacChanges = allowed(policy.MacChanges)
	}
	return out
}

func allowed(policy *types.BoolPolicy) bool { return policy != nil && yes(policy.Value) }
