package gaps_test

import (
	"sync"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

func addGroup(v *vctest.VCenter, s *object.DistributedVirtualSwitch, name string) types.ManagedObjectReference {
	v.Helper()
	res, err := methods.CreateDVPortgroup_Task(v.Ctx, v.Client.Client, &types.CreateDVPortgroup_Task{
		This: s.Reference(),
		Spec: types.DVPortgroupConfigSpec{
			Name: name,
			Type: "earlyBinding",
			DefaultPortConfig: &types.VMwareDVSPortSetting{
				Vlan: &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: 120},
			},
		},
	})
	v.OK(err)
	return v.Done(object.NewTask(v.Client.Client, res.Returnval), nil)
}

func group(v *vctest.VCenter, ref types.ManagedObjectReference) mo.DistributedVirtualPortgroup {
	v.Helper()
	return vctest.Get[mo.DistributedVirtualPortgroup](v, ref, "name", "config", "host")
}

func changeGroup(v *vctest.VCenter, ref types.ManagedObjectReference, spec types.DVPortgroupConfigSpec) {
	v.Helper()
	v.Done(object.NewDistributedVirtualPortgroup(v.Client.Client, ref).Reconfigure(v.Ctx, spec))
}

func TestNewPortGroupIsAnsweredForAndComplete(t *testing.T) {
	v := vctest.Start(t)
	ref := addGroup(v, v.Switch("dvs", v.Hosts("vdi-a")), "desktops")
	g := group(v, ref)
	if g.Name != "desktops" || g.Config.NumPorts == 0 || len(g.Host) != 3 {
		t.Errorf("got %+v", g)
	}
	teaming := g.Config.DefaultPortConfig.(*types.VMwareDVSPortSetting).UplinkTeamingPolicy
	if teaming == nil || len(teaming.UplinkPortOrder.ActiveUplinkPort) != 4 {
		t.Errorf("no order of uplinks: %+v", teaming)
	}
}

func TestChangeOfPortGroupTakesWhatIsNamedAndKeepsTheRest(t *testing.T) {
	v := vctest.Start(t)
	ref := addGroup(v, v.Switch("dvs", nil), "desktops")
	changeGroup(v, ref, types.DVPortgroupConfigSpec{
		ConfigVersion: group(v, ref).Config.ConfigVersion,
		DefaultPortConfig: &types.VMwareDVSPortSetting{
			SecurityPolicy: &types.DVSSecurityPolicy{MacChanges: &types.BoolPolicy{Value: types.NewBool(true)}},
		},
	})
	c := group(v, ref).Config
	setting := c.DefaultPortConfig.(*types.VMwareDVSPortSetting)
	if c.Name != "desktops" || c.Type != "earlyBinding" || setting.Vlan == nil || setting.UplinkTeamingPolicy == nil {
		t.Errorf("lost something: %+v, %+v", c, setting)
	}
	if setting.SecurityPolicy == nil || !*setting.SecurityPolicy.MacChanges.Value {
		t.Errorf("security policy: %+v", setting.SecurityPolicy)
	}
}

func TestPortGroupCanBeRenamed(t *testing.T) {
	v := vctest.Start(t)
	ref := addGroup(v, v.Switch("dvs", nil), "desktops")
	changeGroup(v, ref, types.DVPortgroupConfigSpec{Name: "seats"})
	if g := group(v, ref); g.Name != "seats" || g.Config.Name != "seats" {
		t.Fatalf("name %q, config %q", g.Name, g.Config.Name)
	}
}

// The simulator's own look-up is caught by the race detector here.
func TestPortGroupLookUpOutlivesADestroy(t *testing.T) {
	v := vctest.Start(t)
	s := v.Switch("dvs", nil)
	uuid := config(v, s).Uuid
	kept := addGroup(v, s, "kept")
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 50 {
				if _, err := v.PortGroupByKey(uuid, kept.Value); err != nil {
					t.Error(err)
					return
				}
			}
		}()
	}
	for range 5 {
		v.Done(object.NewDistributedVirtualPortgroup(v.Client.Client, addGroup(v, s, "passing")).Destroy(v.Ctx))
	}
	wg.Wait()
	if _, err := v.PortGroupByKey(uuid, "none"); err == nil {
		t.Error("an unknown key was found")
	}
}
