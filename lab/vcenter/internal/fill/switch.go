package fill

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
)

// distributedSwitch makes a switch that somebody else keeps: with its private
// VLANs, an uplink for each physical adapter, and every host joined.
func (f *filler) distributedSwitch(ctx context.Context, s inventory.Switch, adapters []string) error {
	spec := &types.VMwareDVSConfigSpec{MaxMtu: s.Mtu}
	spec.Name = s.Name
	spec.UplinkPortPolicy = &types.DVSNameArrayUplinkPortPolicy{UplinkPortName: uplinks(adapters)}
	for _, vlan := range s.PrivateVlans {
		spec.PvlanConfigSpec = append(spec.PvlanConfigSpec, types.VMwareDVSPvlanConfigSpec{
			Operation: string(types.ConfigSpecOperationAdd),
			PvlanEntry: types.VMwareDVSPvlanMapEntry{
				PrimaryVlanId: vlan.Primary, SecondaryVlanId: vlan.Secondary, PvlanType: vlan.Type,
			},
		})
	}
	for _, host := range f.joined {
		spec.Host = append(spec.Host, member(host, adapters))
	}
	task, err := f.folders.NetworkFolder.CreateDVS(ctx, types.DVSCreateSpec{ConfigSpec: spec})
	if err != nil {
		return err
	}
	_, err = result(ctx, task)
	return err
}

func uplinks(adapters []string) []string {
	names := make([]string, len(adapters))
	for i := range adapters {
		names[i] = fmt.Sprintf("uplink%d", i+1)
	}
	return names
}

func member(host types.ManagedObjectReference, adapters []string) types.DistributedVirtualSwitchHostMemberConfigSpec {
	backing := new(types.DistributedVirtualSwitchHostMemberPnicBacking)
	for _, device := range adapters {
		backing.PnicSpec = append(backing.PnicSpec, types.DistributedVirtualSwitchHostMemberPnicSpec{PnicDevice: device})
	}
	return types.DistributedVirtualSwitchHostMemberConfigSpec{
		Operation: string(types.ConfigSpecOperationAdd), Host: host, Backing: backing,
	}
}
