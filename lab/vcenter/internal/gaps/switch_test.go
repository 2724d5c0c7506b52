package gaps_test

import (
	"slices"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func config(v *vctest.VCenter, s *object.DistributedVirtualSwitch) *types.VMwareDVSConfigInfo {
	v.Helper()
	return vctest.Get[mo.DistributedVirtualSwitch](v, s.Reference(), "config").Config.(*types.VMwareDVSConfigInfo)
}

func reconfigure(v *vctest.VCenter, s *object.DistributedVirtualSwitch, spec *types.VMwareDVSConfigSpec) {
	v.Helper()
	spec.ConfigVersion = config(v, s).ConfigVersion
	v.Done(s.Reconfigure(v.Ctx, spec))
}

func TestSwitchIsNamedAsVCenterNamesIt(t *testing.T) {
	v := vctest.Start(t)
	if kind := v.Switch("dvs", nil).Reference().Type; kind != "VmwareDistributedVirtualSwitch" {
		t.Fatalf("type is %s", kind)
	}
}

func TestSwitchIsFoundByItsUUID(t *testing.T) {
	v := vctest.Start(t)
	s := v.Switch("dvs", nil)
	found, err := v.SwitchByUUID(config(v, s).Uuid)
	v.OK(err)
	if *found != s.Reference() {
		t.Fatalf("found %s", found)
	}
	if _, err := v.SwitchByUUID("none"); err == nil {
		t.Fatal("an unknown UUID was found")
	}
}

func TestNewSwitchIsComplete(t *testing.T) {
	v := vctest.Start(t)
	hosts := v.Hosts("vdi-a")
	c := config(v, v.Switch("dvs", hosts))
	uplinks := c.UplinkPortPolicy.(*types.DVSNameArrayUplinkPortPolicy).UplinkPortName
	order := c.DefaultPortConfig.(*types.VMwareDVSPortSetting).UplinkTeamingPolicy.UplinkPortOrder.ActiveUplinkPort
	if len(uplinks) != 4 || !slices.Equal(order, uplinks) {
		t.Errorf("uplinks %v, order %v", uplinks, order)
	}
	if c.MaxMtu != 9000 || len(c.PvlanConfig) != 2 || c.ProductInfo.Version == "" || c.NetworkResourceControlVersion == "" {
		t.Errorf("incomplete: %+v", c)
	}
	if len(c.Host) != len(hosts) || devices(c.Host[0])[0] != "vmnic2" {
		t.Errorf("hosts: %+v", c.Host)
	}
	if len(c.UplinkPortgroup) != 1 {
		t.Errorf("uplink groups: %v", c.UplinkPortgroup)
	}
}

func devices(member types.DistributedVirtualSwitchHostMember) (names []string) {
	for _, pnic := range member.Config.Backing.(*types.DistributedVirtualSwitchHostMemberPnicBacking).PnicSpec {
		names = append(names, pnic.PnicDevice)
	}
	return names
}

func TestTwoSwitchesOfOneNameDifferInUUID(t *testing.T) {
	v := vctest.Start(t)
	first := v.Switch("dvs", nil)
	uuid := config(v, first).Uuid
	v.Done(first.Destroy(v.Ctx))
	if config(v, v.Switch("dvs", nil)).Uuid == uuid {
		t.Fatal("the new switch has the old one's UUID")
	}
}

func TestChangeOfSwitchTakesWhatIsNamedAndKeepsTheRest(t *testing.T) {
	v := vctest.Start(t)
	s := v.Switch("dvs", nil)
	spec := &types.VMwareDVSConfigSpec{MaxMtu: 1600}
	spec.DefaultPortConfig = &types.VMwareDVSPortSetting{
		UplinkTeamingPolicy: &types.VmwareUplinkPortTeamingPolicy{Policy: &types.StringPolicy{Value: "loadbalance_ip"}},
	}
	spec.PvlanConfigSpec = []types.VMwareDVSPvlanConfigSpec{
		vctest.Pvlan(110, 111, "isolated", types.ConfigSpecOperationRemove),
		vctest.Pvlan(110, 112, "community", types.ConfigSpecOperationAdd),
	}
	before := config(v, s).ConfigVersion
	reconfigure(v, s, spec)
	c := config(v, s)
	teaming := c.DefaultPortConfig.(*types.VMwareDVSPortSetting).UplinkTeamingPolicy
	if c.MaxMtu != 1600 || c.Name != "dvs" || c.ConfigVersion == before {
		t.Errorf("mtu %d, name %q, version %q", c.MaxMtu, c.Name, c.ConfigVersion)
	}
	if teaming.Policy.Value != "loadbalance_ip" || len(teaming.UplinkPortOrder.ActiveUplinkPort) != 4 {
		t.Errorf("teaming: %+v", teaming)
	}
	if len(c.PvlanConfig) != 2 || c.PvlanConfig[1].SecondaryVlanId != 112 {
		t.Errorf("private VLANs: %+v", c.PvlanConfig)
	}
}

func TestSwitchCanBeRenamed(t *testing.T) {
	v := vctest.Start(t)
	s := v.Switch("dvs", nil)
	spec := new(types.VMwareDVSConfigSpec)
	spec.Name = "renamed"
	reconfigure(v, s, spec)
	if name := vctest.Get[mo.DistributedVirtualSwitch](v, s.Reference(), "name").Name; name != "renamed" {
		t.Fatalf("name is %q", name)
	}
}

func TestHostOfSwitchChangesItsAdapters(t *testing.T) {
	v := vctest.Start(t)
	hosts := v.Hosts("vdi-a")
	s := v.Switch("dvs", hosts[:1])
	spec := new(types.VMwareDVSConfigSpec)
	spec.Host = []types.DistributedVirtualSwitchHostMemberConfigSpec{
		vctest.Member(hosts[0], types.ConfigSpecOperationEdit, "vmnic2", "vmnic3"),
	}
	reconfigure(v, s, spec)
	if got := devices(config(v, s).Host[0]); len(got) != 2 {
		t.Fatalf("adapters: %v", got)
	}
}

func TestHostThatLeavesASwitchLosesItsPortGroups(t *testing.T) {
	v := vctest.Start(t)
	hosts := v.Hosts("vdi-a")
	s := v.Switch("dvs", hosts)
	before := networks(v, hosts[0])
	spec := new(types.VMwareDVSConfigSpec)
	spec.Host = []types.DistributedVirtualSwitchHostMemberConfigSpec{vctest.Member(hosts[0], types.ConfigSpecOperationRemove)}
	reconfigure(v, s, spec)
	if len(config(v, s).Host) != len(hosts)-1 || len(networks(v, hosts[0])) != len(before)-1 {
		t.Fatalf("networks before %v, after %v", before, networks(v, hosts[0]))
	}
}

func networks(v *vctest.VCenter, host types.ManagedObjectReference) []types.ManagedObjectReference {
	v.Helper()
	return vctest.Get[mo.HostSystem](v, host, "network").Network
}

func TestNetworkControlCanBeSwitchedOn(t *testing.T) {
	v := vctest.Start(t)
	s := v.Switch("dvs", nil)
	_, err := methods.EnableNetworkResourceManagement(v.Ctx, v.Client.Client, &types.EnableNetworkResourceManagement{This: s.Reference(), Enable: true})
	v.OK(err)
	if !config(v, s).NetworkResourceManagementEnabled {
		t.Fatal("still off")
	}
}

func TestSwitchTakesItsPortGroupsAlong(t *testing.T) {
	v := vctest.Start(t)
	hosts := v.Hosts("vdi-a")
	before := networks(v, hosts[0])
	s := v.Switch("dvs", hosts)
	group := addGroup(v, s, "desktops")
	v.Done(s.Destroy(v.Ctx))
	if after := networks(v, hosts[0]); !slices.Equal(after, before) {
		t.Errorf("host keeps %v, had %v", after, before)
	}
	if cluster := vctest.Get[mo.ClusterComputeResource](v, v.Cluster("vdi-a").Reference(), "network"); !slices.Equal(cluster.Network, before) {
		t.Errorf("cluster keeps %v", cluster.Network)
	}
	if found, err := v.Find.NetworkList(v.Ctx, "*"); err != nil || len(found) != 1 {
		t.Errorf("networks left: %v (%v), group was %s", found, err, group)
	}
}

func TestSwitchInUseIsNotDestroyed(t *testing.T) {
	v := vctest.Start(t)
	s := v.Switch("dvs", v.Hosts("vdi-a"))
	group := object.NewDistributedVirtualPortgroup(v.Client.Client, addGroup(v, s, "desktops"))
	v.Clone("seat", "vdi-a", "vsan-a", v.Adapter(group))
	task, err := s.Destroy(v.Ctx)
	vctest.Refused[*types.ResourceInUse](v, task, err)
	task, err = group.Destroy(v.Ctx)
	vctest.Refused[*types.ResourceInUse](v, task, err)
}
