package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/vctest"
)

var anyPrivilege = []string{"VirtualMachine.Interact.PowerOn"}

func authorization(v *vctest.VCenter) *object.AuthorizationManager {
	return object.NewAuthorizationManager(v.Client.Client)
}

func desktops(v *vctest.VCenter) *object.Folder {
	v.Helper()
	parent, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	folder, err := parent.CreateFolder(v.Ctx, "desktops")
	v.OK(err)
	return folder
}

func grant(v *vctest.VCenter, entity types.ManagedObjectReference, principal string, role int32) error {
	return authorization(v).SetEntityPermissions(v.Ctx, entity, []types.Permission{{Principal: principal, Group: true, RoleId: role}})
}

func TestNewRoleTellsItsID(t *testing.T) {
	v := vctest.Start(t)
	first, err := authorization(v).AddRole(v.Ctx, "helpdesk", anyPrivilege)
	v.OK(err)
	second, err := authorization(v).AddRole(v.Ctx, "operators", anyPrivilege)
	v.OK(err)
	roles, err := authorization(v).RoleList(v.Ctx)
	v.OK(err)
	if role := roles.ById(second); role == nil || role.Name != "operators" || first == second || first <= 0 {
		t.Fatalf("ids %d and %d", first, second)
	}
}

func TestPermissionsOfAnObjectAddUp(t *testing.T) {
	v := vctest.Start(t)
	folder := desktops(v).Reference()
	v.OK(grant(v, folder, `PROVA\helpdesk`, -2))
	v.OK(grant(v, folder, `PROVA\admins`, -2))
	v.OK(grant(v, folder, `prova\ADMINS`, -1))
	got, err := authorization(v).RetrieveEntityPermissions(v.Ctx, folder, false)
	v.OK(err)
	if len(got) != 2 || got[1].RoleId != -1 {
		t.Fatalf("permissions: %+v", got)
	}
	if got[0].Entity == nil || *got[0].Entity != folder {
		t.Fatalf("the object is not noted: %+v", got[0])
	}
}

func TestPermissionForAStrangerIsRefused(t *testing.T) {
	v := vctest.Start(t)
	err := grant(v, desktops(v).Reference(), `PROVA\nobody`, -2)
	if err == nil || !soap.IsSoapFault(err) {
		t.Fatalf("want a fault, got %v", err)
	}
	if fault, ok := soap.ToSoapFault(err).VimFault().(types.UserNotFound); !ok || fault.Principal != `PROVA\nobody` {
		t.Fatalf("want UserNotFound, got %#v", soap.ToSoapFault(err).VimFault())
	}
}

func TestPermissionIsRemovedWhateverTheCase(t *testing.T) {
	v := vctest.Start(t)
	folder := desktops(v).Reference()
	v.OK(grant(v, folder, `PROVA\helpdesk`, -2))
	v.OK(authorization(v).RemoveEntityPermission(v.Ctx, folder, `prova\Helpdesk`, true))
	got, err := authorization(v).RetrieveEntityPermissions(v.Ctx, folder, false)
	v.OK(err)
	if len(got) != 0 {
		t.Fatalf("left: %+v", got)
	}
}

func TestPermissionsGoWithTheirObject(t *testing.T) {
	v := vctest.Start(t)
	folder := desktops(v)
	v.OK(grant(v, folder.Reference(), `PROVA\helpdesk`, -2))
	v.Done(folder.Destroy(v.Ctx))
	all, err := authorization(v).RetrieveAllPermissions(v.Ctx)
	v.OK(err)
	for _, p := range all {
		if p.Principal == `PROVA\helpdesk` {
			t.Fatalf("left: %+v", p)
		}
	}
}
