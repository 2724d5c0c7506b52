package authorization_test

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/fault"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/pbm"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

// permit gives the guarded login a role with privileges on an object.
func permit(v *vctest.VCenter, on types.ManagedObjectReference, propagate bool, privileges ...string) {
	v.Helper()
	manager := object.NewAuthorizationManager(v.Client.Client)
	roles, err := manager.RoleList(v.Ctx)
	v.OK(err)
	name := "guarded-" + on.Value
	var id int32
	if known := roles.ByName(name); known != nil {
		id = known.RoleId
		v.OK(manager.UpdateRole(v.Ctx, id, name, append(privileges, "System.Read")))
	} else {
		id, err = manager.AddRole(v.Ctx, name, append(privileges, "System.Read"))
		v.OK(err)
	}
	permission := types.Permission{Principal: vctest.GuardedUser, RoleId: id, Propagate: propagate}
	v.OK(manager.SetEntityPermissions(v.Ctx, on, []types.Permission{permission}))
}

func everywhere(v *vctest.VCenter, privileges ...string) {
	permit(v, v.Client.ServiceContent.RootFolder, true, privileges...)
}

// lacks tells which privilege vCenter found missing, and on what; empty where
// there was no such fault.
func lacks(err error) (privilege, on string) {
	var no *types.NoPermission
	if _, ok := fault.As(err, &no); ok {
		return no.PrivilegeId, no.Object.Value
	}
	return "", ""
}

func machines(v *vctest.VCenter, client *govmomi.Client) *object.Folder {
	v.Helper()
	folder, err := v.Find.Folder(v.Ctx, "/Prova/vm")
	v.OK(err)
	return object.NewFolder(client.Client, folder.Reference())
}

func TestCallsNeedTheirPrivilege(t *testing.T) {
	v := vctest.Start(t)
	folder := machines(v, v.Guarded())
	_, err := folder.CreateFolder(v.Ctx, "a")
	if privilege, on := lacks(err); privilege != "Folder.Create" || on != folder.Reference().Value {
		t.Fatalf("%q on %q: %v", privilege, on, err)
	}
	if want := "Required privilege 'Folder.Create' on managed object with id '" + folder.Reference().Value; !strings.Contains(err.Error(), want) {
		t.Fatalf("%v does not say %q", err, want)
	}
	everywhere(v, "Folder.Delete")
	if _, err = folder.CreateFolder(v.Ctx, "a"); err == nil {
		t.Fatal("another privilege was enough")
	}
	everywhere(v, "Folder.Create")
	_, err = folder.CreateFolder(v.Ctx, "a")
	v.OK(err)
}

func TestASessionIsToldItsPrivileges(t *testing.T) {
	v := vctest.Start(t)
	folder := machines(v, v.Guarded()).Reference()
	root := v.Client.ServiceContent.RootFolder
	asked := []string{"Folder.Create", "Folder.Delete"}
	told := func(client *govmomi.Client) (granted []string) {
		key, err := session.NewManager(client.Client).UserSession(v.Ctx)
		v.OK(err)
		found, err := methods.HasPrivilegeOnEntities(v.Ctx, client.Client, &types.HasPrivilegeOnEntities{
			This: *client.ServiceContent.AuthorizationManager, Entity: []types.ManagedObjectReference{root, folder},
			SessionId: key.Key, PrivId: asked,
		})
		v.OK(err)
		for _, on := range found.Returnval {
			for _, privilege := range on.PrivAvailability {
				if privilege.IsGranted {
					granted = append(granted, privilege.PrivId+" on "+on.Entity.Type+" "+map[bool]string{true: "root", false: "vm"}[on.Entity == root])
				}
			}
		}
		return granted
	}
	permit(v, folder, true, "Folder.Create")
	if got := told(v.Guarded()); !slices.Equal(got, []string{"Folder.Create on Folder vm"}) {
		t.Fatalf("the guarded login: %q", got)
	}
	if got := told(v.Client); len(got) != 4 {
		t.Fatalf("the other one: %q", got)
	}
}

// A privilege that is recorded for a call is one without which the call is
// refused: what is asked for and what is recorded are the same needs.
func TestWhatWasPermittedAndRefusedIsRecorded(t *testing.T) {
	var record bytes.Buffer
	v := vctest.StartRecorded(t, &record)
	folder := machines(v, v.Guarded())
	_, err := folder.CreateFolder(v.Ctx, "a")
	if err == nil {
		t.Fatal("nobody permitted it")
	}
	everywhere(v, "Folder.Create")
	for _, name := range []string{"a", "b"} {
		_, err = folder.CreateFolder(v.Ctx, name)
		v.OK(err)
	}
	on := folder.Reference().Value
	want := "vcenter: refused to " + vctest.GuardedUser + ": CreateFolder needs Folder.Create on " + on + "\n" +
		"vcenter: permitted to " + vctest.GuardedUser + ": CreateFolder by Folder.Create on " + on + "\n"
	if record.String() != want {
		t.Fatalf("%q, not %q", record.String(), want)
	}
	_, err = machines(v, v.Guarded()).CreateFolder(v.Ctx, "c")
	v.OK(err)
	if got := strings.Count(record.String(), "permitted"); got != 2 {
		t.Fatalf("another session is recorded %d times", got-1)
	}
}

func TestAMemberOfAGroupHasTheGroupsPermissions(t *testing.T) {
	v := vctest.Start(t)
	all := machines(v, v.Client)
	helpdesk := machines(v, v.Member(`PROVA\helpdesk`))
	_, err := helpdesk.CreateFolder(v.Ctx, "a")
	if privilege, _ := lacks(err); privilege != "Folder.Create" {
		t.Fatalf("without a permission: %v", err)
	}
	manager := object.NewAuthorizationManager(v.Client.Client)
	role, err := manager.AddRole(v.Ctx, "folders", []string{"Folder.Create"})
	v.OK(err)
	v.OK(manager.SetEntityPermissions(v.Ctx, all.Reference(), []types.Permission{
		{Principal: `prova\HelpDesk`, Group: true, RoleId: role, Propagate: true},
	}))
	_, err = helpdesk.CreateFolder(v.Ctx, "a")
	v.OK(err)
	for _, other := range []*govmomi.Client{v.Member(`PROVA\admins`), v.Guarded()} {
		_, err = machines(v, other).CreateFolder(v.Ctx, "b")
		if privilege, _ := lacks(err); privilege != "Folder.Create" {
			t.Fatalf("another one: %v", err)
		}
	}
	target := v.URL()
	target.User = url.UserPassword(`PROVA\nobody`, vctest.GuardedPassword)
	if _, err = govmomi.NewClient(v.Ctx, target, true); err == nil {
		t.Fatal("a member of no group was let in")
	}
}

func TestTheNearestPermissionCounts(t *testing.T) {
	v := vctest.Start(t)
	all := machines(v, v.Client)
	inside, err := all.CreateFolder(v.Ctx, "inside")
	v.OK(err)
	folder := machines(v, v.Guarded())
	below := object.NewFolder(folder.Client(), inside.Reference())
	permit(v, all.Reference(), false, "Folder.Create")
	_, err = folder.CreateFolder(v.Ctx, "beside")
	v.OK(err)
	if _, err = below.CreateFolder(v.Ctx, "below"); err == nil {
		t.Fatal("a permission that is not passed on reached below")
	}
	everywhere(v, "Folder.Create")
	_, err = below.CreateFolder(v.Ctx, "below")
	v.OK(err)
	permit(v, inside.Reference(), true, "Folder.Delete")
	if _, err = below.CreateFolder(v.Ctx, "another"); err == nil {
		t.Fatal("the permission farther up counted too")
	}
}

func TestWhatNoTableKnowsIsRefused(t *testing.T) {
	v := vctest.Start(t)
	everywhere(v, "Folder.Create")
	client := v.Guarded()
	_, err := methods.ImpersonateUser(v.Ctx, client, &types.ImpersonateUser{This: *client.ServiceContent.SessionManager, UserName: vctest.User})
	if privilege, _ := lacks(err); !strings.Contains(privilege, "table") {
		t.Fatalf("got %v", err)
	}
}

func TestStoragePoliciesNeedTheirPrivilege(t *testing.T) {
	v := vctest.Start(t)
	ask := func() error {
		client, err := pbm.NewClient(v.Ctx, v.Guarded().Client)
		if err == nil {
			_, err = client.ProfileIDByName(v.Ctx, "vSAN Default Storage Policy")
		}
		return err
	}
	if err := ask(); err == nil || !strings.Contains(err.Error(), "StorageProfile.View") {
		t.Fatalf("got %v", err)
	}
	everywhere(v, "StorageProfile.View")
	v.OK(ask())
}

func TestTagsNeedTheirPrivileges(t *testing.T) {
	v := vctest.Start(t)
	guarded := rest.NewClient(v.Guarded().Client)
	v.OK(guarded.Login(v.Ctx, url.UserPassword(vctest.GuardedUser, vctest.GuardedPassword)))
	manager := tags.NewManager(guarded)
	folder := machines(v, v.Client).Reference()
	category := &tags.Category{Name: "c", Cardinality: "SINGLE"}
	group := func() error { _, err := manager.CreateCategory(v.Ctx, category); return err }
	tag := func() error { _, err := manager.CreateTag(v.Ctx, &tags.Tag{Name: "t", CategoryID: "c"}); return err }
	attach := func() error { return manager.AttachTag(v.Ctx, "t", folder) }
	var held []string
	for _, step := range []struct {
		privilege string
		do        func() error
	}{
		{"CreateCategory", group}, {"CreateTag", tag}, {"AttachTag", nil}, {"ObjectAttachable", attach},
	} {
		everywhere(v, held...)
		if step.do != nil {
			if err := step.do(); err == nil || !strings.Contains(err.Error(), "403") {
				t.Fatalf("without %s: %v", step.privilege, err)
			}
		}
		held = append(held, "InventoryService.Tagging."+step.privilege)
		everywhere(v, held...)
		if step.do != nil {
			v.OK(step.do())
		}
	}
	if _, err := manager.GetAttachedTags(v.Ctx, folder); err != nil {
		t.Fatalf("reading was refused: %v", err)
	}
}
