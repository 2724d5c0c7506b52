package snapshot_test

import (
	"encoding/json"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/snapshot"
	"postazioni/lab/vcenter/internal/vctest"
)

func take(v *vctest.VCenter) (*snapshot.Snapshot, string) {
	v.Helper()
	s, err := snapshot.Take(v.Ctx, v.Client.Client, v.REST())
	v.OK(err)
	text, err := json.Marshal(s)
	v.OK(err)
	return s, string(text)
}

func TestFilledVCenterIsToldInFull(t *testing.T) {
	s, _ := take(vctest.Start(t))
	if len(s.Clusters) != 2 || s.Clusters[0].Name != "vdi-a" || s.Clusters[0].Hosts[2] != "a3.example" {
		t.Errorf("clusters: %+v", s.Clusters)
	}
	if pool := s.ResourcePools[0]; pool.CPUShares.Level != "normal" || pool.MemoryShares.Level != "normal" {
		t.Errorf("pool: %+v", pool)
	}
	if len(s.Templates) != 1 || s.Templates[0].Name != "win11" || s.Templates[0].Folder != "/Prova/vm" || s.Templates[0].Disks[0].Gib != 80 {
		t.Errorf("templates: %+v", s.Templates)
	}
	if len(s.VirtualMachines) != 0 || len(s.Roles) != 0 || len(s.Folders) != 4 || len(s.ResourcePools) != 2 {
		t.Errorf("rest: %+v", s)
	}
}

func TestSnapshotIsTheSameTwice(t *testing.T) {
	v := vctest.Start(t)
	for _, name := range []string{"three", "one", "two"} {
		v.Clone(name, "vdi-a", "vsan-a")
	}
	_, first := take(v)
	if _, second := take(v); first != second {
		t.Fatalf("differs:\n%s\n%s", first, second)
	}
}

func TestEmptyListsAreLists(t *testing.T) {
	_, text := take(vctest.Start(t))
	var fields map[string]any
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		t.Fatal(err)
	}
	for key, value := range fields {
		if _, ok := value.([]any); !ok {
			t.Errorf("%s is %v", key, value)
		}
	}
}

func TestWhatWasMadeIsToldAndWhatWasRemovedIsNot(t *testing.T) {
	v := vctest.Start(t)
	_, before := take(v)
	undo := furnish(v)
	s, _ := take(v)
	checkMachine(t, s)
	checkNetwork(t, s)
	checkAccess(t, s)
	checkRules(t, s.Clusters[0])
	undo()
	if _, after := take(v); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func checkMachine(t *testing.T, s *snapshot.Snapshot) {
	t.Helper()
	if len(s.VirtualMachines) != 1 {
		t.Fatalf("machines: %+v", s.VirtualMachines)
	}
	vm := s.VirtualMachines[0]
	if vm.Tags[0] != "cup:one" || vm.CustomAttributes["direzione"] != "Anagrafe" || vm.InstanceUUID == "" || !vm.SecureBoot {
		t.Errorf("machine: %+v", vm)
	}
	if len(vm.Adapters) != 1 || vm.Adapters[0].Network != "VM Network" || vm.Adapters[0].MacAddress == "" || vm.Guestinfo["guestinfo.userdata"] != "told" {
		t.Errorf("machine: %+v", vm)
	}
	if vm.ResourcePool != "/Prova/host/vdi-a/Resources" || vm.Datastores[0] != "vsan-a" || vm.Networks[0] != "VM Network" {
		t.Errorf("machine: %+v", vm)
	}
}

func checkNetwork(t *testing.T, s *snapshot.Snapshot) {
	t.Helper()
	if len(s.DistributedSwitches) != 1 || s.DistributedSwitches[0].Mtu != 9000 || len(s.DistributedSwitches[0].PrivateVlans) != 2 || s.DistributedSwitches[0].Hosts[0].Devices[0] != "vmnic2" {
		t.Errorf("switches: %+v", s.DistributedSwitches)
	}
	if len(s.PortGroups) != 1 || !s.PortGroups[0].Uplink || s.PortGroups[0].Switch != "dvs" {
		t.Errorf("port groups: %+v", s.PortGroups)
	}
}

func checkAccess(t *testing.T, s *snapshot.Snapshot) {
	t.Helper()
	if len(s.Roles) != 1 || s.Permissions[len(s.Permissions)-1] != (snapshot.Permission{Entity: "/Prova/vm", Principal: `PROVA\helpdesk`, Role: "helpdesk", Group: true}) {
		t.Errorf("roles %+v, permissions %+v", s.Roles, s.Permissions)
	}
	if len(s.TaggedObjects) != 1 || s.TaggedObjects[0].Path != "/Prova/vm" {
		t.Errorf("tagged: %+v", s.TaggedObjects)
	}
}

func checkRules(t *testing.T, c snapshot.Cluster) {
	t.Helper()
	if len(c.Rules) != 1 || c.Rules[0].Type != "vmHost" || c.Rules[0].VMGroup != "seats" || c.Rules[0].AffineHostGroup != "racks" {
		t.Errorf("rules: %+v", c.Rules)
	}
	if c.VMGroups[0].Members[0] != "seat" || c.HostGroups[0].Members[0] != "a1.example" {
		t.Errorf("groups: %+v, %+v", c.VMGroups, c.HostGroups)
	}
	if len(c.Overrides) != 1 || c.Overrides[0] != (snapshot.Override{Machine: "seat", RestartPriority: "highest", AutomationLevel: "manual"}) {
		t.Errorf("overrides: %+v", c.Overrides)
	}
}

// furnish makes one of each, and gives what takes them away again.
func furnish(v *vctest.VCenter) (undo func()) {
	v.Helper()
	vm, dvs := v.Clone("seat", "vdi-a", "vsan-a"), v.Switch("dvs", v.Hosts("vdi-a"))
	told := []types.BaseOptionValue{&types.OptionValue{Key: "guestinfo.userdata", Value: "told"}, &types.OptionValue{Key: "other", Value: "x"}}
	v.Done(vm.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{ExtraConfig: told}))
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	undoAccess, undoLabels, undoRules := access(v, folder), labels(v, vm, folder), rules(v, vm)
	return func() {
		undoRules()
		undoLabels()
		undoAccess()
		v.Done(vm.Destroy(v.Ctx))
		v.Done(dvs.Destroy(v.Ctx))
	}
}

func access(v *vctest.VCenter, on object.Reference) func() {
	v.Helper()
	manager := object.NewAuthorizationManager(v.Client.Client)
	role, err := manager.AddRole(v.Ctx, "helpdesk", []string{"VirtualMachine.Interact.PowerOn"})
	v.OK(err)
	v.OK(manager.SetEntityPermissions(v.Ctx, on.Reference(), []types.Permission{{Principal: `PROVA\helpdesk`, Group: true, RoleId: role}}))
	return func() {
		v.OK(manager.RemoveEntityPermission(v.Ctx, on.Reference(), `PROVA\helpdesk`, true))
		v.OK(manager.RemoveRole(v.Ctx, role, true))
	}
}

func labels(v *vctest.VCenter, on ...object.Reference) func() {
	v.Helper()
	manager := tags.NewManager(v.REST())
	category, err := manager.CreateCategory(v.Ctx, &tags.Category{Name: "cup", Cardinality: "SINGLE"})
	v.OK(err)
	tag, err := manager.CreateTag(v.Ctx, &tags.Tag{Name: "one", CategoryID: category})
	v.OK(err)
	fields, err := object.GetCustomFieldsManager(v.Client.Client)
	v.OK(err)
	field, err := fields.Add(v.Ctx, "direzione", "VirtualMachine", nil, nil)
	v.OK(err)
	v.OK(fields.Set(v.Ctx, on[0].Reference(), field.Key, "Anagrafe"))
	for _, object := range on {
		v.OK(manager.AttachTag(v.Ctx, tag, object.Reference()))
	}
	return func() {
		v.OK(manager.DeleteCategory(v.Ctx, &tags.Category{ID: category}))
		v.OK(fields.Remove(v.Ctx, field.Key))
	}
}

func rules(v *vctest.VCenter, vm object.Reference) func() {
	v.Helper()
	cluster := v.Cluster("vdi-a")
	seats := &types.ClusterVmGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "seats"}, Vm: []types.ManagedObjectReference{vm.Reference()}}
	racks := &types.ClusterHostGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "racks"}, Host: v.Hosts("vdi-a")[:1]}
	keep := &types.ClusterVmHostRuleInfo{ClusterRuleInfo: types.ClusterRuleInfo{Name: "keep"}, VmGroupName: "seats", AffineHostGroupName: "racks"}
	change := func(operation types.ArrayUpdateOperation, key any, keys ...any) {
		update := func(key any) types.ArrayUpdateSpec {
			return types.ArrayUpdateSpec{Operation: operation, RemoveKey: key}
		}
		spec := &types.ClusterConfigSpecEx{RulesSpec: []types.ClusterRuleSpec{{Info: keep, ArrayUpdateSpec: update(key)}}}
		for i, group := range []types.BaseClusterGroupInfo{seats, racks} {
			spec.GroupSpec = append(spec.GroupSpec, types.ClusterGroupSpec{Info: group, ArrayUpdateSpec: update(keys[i])})
		}
		v.Done(cluster.Reconfigure(v.Ctx, spec, true))
	}
	change(types.ArrayUpdateOperationAdd, nil, nil, nil)
	// They go with their machine.
	added := types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}
	restart := &types.ClusterDasVmConfigInfo{Key: vm.Reference(), DasSettings: &types.ClusterDasVmSettings{RestartPriority: "highest"}}
	automation := &types.ClusterDrsVmConfigInfo{Key: vm.Reference(), Behavior: types.DrsBehaviorManual}
	v.Done(cluster.Reconfigure(v.Ctx, &types.ClusterConfigSpecEx{
		DasVmConfigSpec: []types.ClusterDasVmConfigSpec{{ArrayUpdateSpec: added, Info: restart}},
		DrsVmConfigSpec: []types.ClusterDrsVmConfigSpec{{ArrayUpdateSpec: added, Info: automation}},
	}, true))
	return func() {
		config, err := cluster.Configuration(v.Ctx)
		v.OK(err)
		change(types.ArrayUpdateOperationRemove, config.Rule[0].GetClusterRuleInfo().Key, "seats", "racks")
	}
}
