package saved_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/saved"
	"postazioni/lab/vcenter/internal/snapshot"
	"postazioni/lab/vcenter/internal/vctest"
)

// saveOf saves a vCenter in a folder of the test's own.
func saveOf(v *vctest.VCenter) string {
	v.Helper()
	folder := filepath.Join(v.TempDir(), "saved")
	count, err := saved.Save(v.Ctx, v.Client.Client, folder)
	v.OK(err)
	if count == 0 {
		v.Fatal("nothing was saved")
	}
	return folder
}

func snapshotOf(v *vctest.VCenter) string {
	v.Helper()
	taken, err := snapshot.Take(v.Ctx, v.Client.Client, v.REST())
	v.OK(err)
	// Of tags and libraries no inventory tells, and a machine starts anew.
	taken.Tags, taken.TagCategories, taken.TaggedObjects, taken.ContentLibraries = nil, nil, nil, nil
	text, err := json.MarshalIndent(taken, "", " ")
	v.OK(err)
	return string(text)
}

// sameLines tells the first line that differs.
func sameLines(t *testing.T, want, got string) {
	t.Helper()
	wanted, given := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(wanted), len(given)) {
		if wanted[i] != given[i] {
			t.Fatalf("line %d: want %s, got %s", i, wanted[i], given[i])
		}
	}
	if len(wanted) != len(given) {
		t.Fatalf("want %d lines, got %d", len(wanted), len(given))
	}
}

// lived is a vCenter in which somebody has worked.
func lived(t *testing.T) *vctest.VCenter {
	v := vctest.Start(t)
	v.Switch("dvs", v.Hosts("vdi-a"))
	v.Clone("desktop", "vdi-a", "vsan-a")
	permit(v)
	return v
}

// permit gives the second login a role on everything.
func permit(v *vctest.VCenter) {
	v.Helper()
	manager := object.NewAuthorizationManager(v.Client.Client)
	role, err := manager.AddRole(v.Ctx, "deployer", []string{"Folder.Create", "Folder.Delete"})
	v.OK(err)
	root := v.Client.ServiceContent.RootFolder
	v.OK(manager.SetEntityPermissions(v.Ctx, root, []types.Permission{{Principal: vctest.GuardedUser, RoleId: role, Propagate: true}}))
}

func TestWhatIsSavedIsTakenOver(t *testing.T) {
	v := lived(t)
	before, folder := snapshotOf(v), saveOf(v)
	after := snapshotOf(vctest.StartSaved(t, folder))
	sameLines(t, before, after)
}

func TestWhatIsTakenOverCanBeWorkedWith(t *testing.T) {
	v := vctest.StartSaved(t, saveOf(lived(t)))
	hosts := v.Hosts("vdi-b")
	v.Switch("another", hosts)
	vm := v.Clone("another", "vdi-b", "vsan-b")
	v.Done(vm.PowerOn(v.Ctx))
	v.Done(vm.PowerOff(v.Ctx))
	v.Done(vm.Destroy(v.Ctx))
	existing, err := v.Find.VirtualMachine(v.Ctx, "desktop")
	v.OK(err)
	v.Done(existing.Reconfigure(v.Ctx, types.VirtualMachineConfigSpec{MemoryMB: 8192}))
	v.Done(existing.PowerOn(v.Ctx))
}

func TestNameOfWhatIsThereIsTaken(t *testing.T) {
	v := vctest.StartSaved(t, saveOf(lived(t)))
	network, err := v.Find.Folder(v.Ctx, "network")
	v.OK(err)
	task, err := network.CreateDVS(v.Ctx, types.DVSCreateSpec{ConfigSpec: &types.VMwareDVSConfigSpec{DVSConfigSpec: types.DVSConfigSpec{Name: "dvs"}}})
	vctest.Refused[*types.DuplicateName](v, task, err)
}

// A vSAN of two hosts on which machines stand takes more of them.
func TestSmallVSANWithMachinesTakesMore(t *testing.T) {
	small := vctest.Inventory()
	small.Clusters[0].Hosts = small.Clusters[0].Hosts[:2]
	folder := changed(vctest.StartWith(t, small), "Datastore", "<type>OTHER</type>", "<type>vsan</type>")
	vctest.StartSaved(t, folder).Clone("another", "vdi-a", "vsan-a")
}

// The provider asks a machine's own browser before it changes the machine; the
// simulator's machines have their cluster's.
func TestMachinesTellTheirHardware(t *testing.T) {
	v := vctest.StartSaved(t, changed(lived(t), "VirtualMachine", ">envbrowser-7<", ">envbrowser-4711<"))
	vm, err := v.Find.VirtualMachine(v.Ctx, "desktop")
	v.OK(err)
	browser, err := vm.EnvironmentBrowser(v.Ctx)
	v.OK(err)
	if browser.Reference().Value != "envbrowser-4711" {
		t.Fatalf("%s", browser.Reference())
	}
	_, err = browser.QueryConfigOptionDescriptor(v.Ctx)
	v.OK(err)
}

// A machine that ran when it was saved may be started again once it was stopped.
func TestWhatCouldNotBeDoneIsForgotten(t *testing.T) {
	none := `_XMLSchema-instance:type="ArrayOfString"></val>`
	running := strings.Replace(none, "><", "><string>PowerOnVM_Task</string><", 1)
	v := vctest.StartSaved(t, changed(lived(t), "VirtualMachine", none, running))
	vm, err := v.Find.VirtualMachine(v.Ctx, "desktop")
	v.OK(err)
	if left := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "disabledMethod").DisabledMethod; len(left) > 0 {
		t.Fatalf("%q", left)
	}
}

func TestPermissionsAreTakenOver(t *testing.T) {
	v := vctest.StartSaved(t, saveOf(lived(t)))
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	may := object.NewFolder(v.Guarded().Client, folder.Reference())
	made, err := may.CreateFolder(v.Ctx, "new")
	v.OK(err)
	if _, err := made.Rename(v.Ctx, "newer"); err == nil || !strings.Contains(err.Error(), "Folder.Rename") {
		t.Errorf("renamed with a role that lacks it: %v", err)
	}
}

func TestSizesAreTakenOver(t *testing.T) {
	v := vctest.StartSaved(t, changed(lived(t), "Datastore", "<freeSpace>4503599627370496<", "<freeSpace>1234<"))
	store, err := v.Find.Datastore(v.Ctx, "vsan-b")
	v.OK(err)
	if free := vctest.Get[mo.Datastore](v, store.Reference(), "summary").Summary.FreeSpace; free != 1234 {
		t.Errorf("free: %d", free)
	}
}

// changed saves a vCenter, and changes the files of a type.
func changed(v *vctest.VCenter, kind, from, to string) string {
	v.Helper()
	folder := saveOf(v)
	found, err := filepath.Glob(filepath.Join(folder, "*-"+kind+"-*.xml"))
	v.OK(err)
	for _, file := range found {
		text, err := os.ReadFile(file)
		v.OK(err)
		v.OK(os.WriteFile(file, bytes.ReplaceAll(text, []byte(from), []byte(to)), 0o600))
	}
	return folder
}

func TestFlawOfAFolderIsNamed(t *testing.T) {
	v := vctest.Start(t)
	whole := saveOf(v)
	one := func(pattern string) string {
		found, err := filepath.Glob(filepath.Join(whole, pattern))
		v.OK(err)
		return filepath.Base(found[0])
	}
	cases := []struct {
		name, want string
		change     func(folder string) error
	}{
		{"no folder", "no such file", func(folder string) error { return os.RemoveAll(folder) }},
		{"another folder", "holds no saved inventory", func(folder string) error {
			return errorsOf(os.RemoveAll(folder), os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "a.xml"), nil, 0o600))
		}},
		{"a part only", "holds a part of a vCenter", func(folder string) error {
			return os.WriteFile(filepath.Join(folder, one("0000-*")), []byte(`<ObjectContent><obj type="Folder">group-d2</obj></ObjectContent>`), 0o600)
		}},
		{"a file missing", "file 0005 is missing of", func(folder string) error { return os.Remove(filepath.Join(folder, one("0005-*"))) }},
		{"a file cut off", "cannot be read, the save was not complete", func(folder string) error {
			return os.Truncate(filepath.Join(folder, one("*-Datastore-*")), 300)
		}},
		{"its end missing", "below it is missing: the save was not complete", func(folder string) error {
			found, err := filepath.Glob(filepath.Join(folder, "*"))
			for _, file := range found[len(found)/2:] {
				err = errorsOf(err, os.Remove(file))
			}
			return err
		}},
		{"a property missing", `"vsan-a" has no info: whoever saved it may not read all`, func(folder string) error {
			file := filepath.Join(folder, one("*-Datastore-*"))
			text, err := os.ReadFile(file)
			return errorsOf(err, os.WriteFile(file, bytes.Replace(text, []byte("<name>info<"), []byte("<name>other<"), 1), 0o600))
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "copy")
			v.OK(os.CopyFS(folder, os.DirFS(whole)))
			v.OK(c.change(folder))
			if _, err := saved.Read(folder); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want %q, got %v", c.want, err)
			}
		})
	}
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestLoginWithoutPermissionIsRefused(t *testing.T) {
	inv, err := saved.Read(saveOf(lived(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := inv.CheckLogin("GUARDED@vsphere.local"); err != nil {
		t.Error(err)
	}
	if err := inv.CheckLogin("nobody"); err == nil || !strings.Contains(err.Error(), `no permission of "nobody"`) {
		t.Errorf("got %v", err)
	}
}

func TestEarlierDeploymentIsTakenOff(t *testing.T) {
	v := vctest.Start(t)
	permit(v)
	before := snapshotOf(v)
	deploy(v)
	folder := saveOf(v)
	inv, err := saved.Read(folder)
	v.OK(err)
	inv.Without(&saved.Deployed{Folder: "milan", Prefix: "milan-", HostGroups: []string{"gpu"}, Switches: []string{"dvs"}})
	after := vctest.StartInventory(t, inv)
	sameLines(t, before, snapshotOf(after))
	deploy(after)
}

// deploy makes something of each kind that a deployment makes.
func deploy(v *vctest.VCenter) {
	v.Helper()
	v.Switch("dvs", v.Hosts("vdi-a"))
	vms, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	city, err := vms.CreateFolder(v.Ctx, "milan")
	v.OK(err)
	vm := v.Clone("desktop", "vdi-a", "vsan-a")
	v.Done(city.MoveInto(v.Ctx, []types.ManagedObjectReference{vm.Reference()}))
	cluster := v.Cluster("vdi-a")
	pool, err := cluster.ResourcePool(v.Ctx)
	v.OK(err)
	_, err = pool.Create(v.Ctx, "milan-anagrafe", types.DefaultResourceConfigSpec())
	v.OK(err)
	add := types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}
	group := &types.ClusterHostGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "gpu"}, Host: v.Hosts("vdi-a")}
	v.Done(cluster.Reconfigure(v.Ctx, &types.ClusterConfigSpecEx{GroupSpec: []types.ClusterGroupSpec{{ArrayUpdateSpec: add, Info: group}}}, true))
	_, err = object.NewAuthorizationManager(v.Client.Client).AddRole(v.Ctx, "milan-help-desk", []string{"Folder.Create"})
	v.OK(err)
	fields, err := object.GetCustomFieldsManager(v.Client.Client)
	v.OK(err)
	_, err = fields.Add(v.Ctx, "milan-holder", "VirtualMachine", nil, nil)
	v.OK(err)
}
