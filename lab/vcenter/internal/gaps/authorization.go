package gaps

import (
	"slices"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// Principal is a user or a group that the directory behind vCenter knows.
type Principal struct {
	Name  string
	Group bool
}

type authorization struct {
	override
	known []Principal
	guard Guard
}

func (*authorization) real(ctx *simulator.Context, ref types.ManagedObjectReference) *simulator.AuthorizationManager {
	return ctx.Map.Get(ref).(*simulator.AuthorizationManager)
}

// AddAuthorizationRole answers with the new role's id. The simulator answers
// 0 always, which vsphere_role takes for its id; and it numbers from 0 while
// vCenter's own roles of a customer are positive.
func (a *authorization) AddAuthorizationRole(ctx *simulator.Context, req *types.AddAuthorizationRole) soap.HasFault {
	manager := a.real(ctx, req.This)
	var body *methods.AddAuthorizationRoleBody
	ctx.WithLock(manager, func() {
		highest := slices.MaxFunc(manager.RoleList, func(x, y types.AuthorizationRole) int { return int(x.RoleId - y.RoleId) }).RoleId
		if body = manager.AddAuthorizationRole(req).(*methods.AddAuthorizationRoleBody); body.Fault_ == nil {
			role := &manager.RoleList[len(manager.RoleList)-1]
			role.RoleId = max(highest, 1000) + 1
			body.Res.Returnval = role.RoleId
		}
	})
	return body
}

// SetEntityPermissions adds to an object's permissions, one a principal, and
// notes the object in each. The simulator replaces them all, so that a second
// vsphere_entity_permissions on a folder undid the first, and notes nothing. A
// principal that the directory lacks is refused, as vCenter does.
func (a *authorization) SetEntityPermissions(ctx *simulator.Context, req *types.SetEntityPermissions) soap.HasFault {
	body := new(methods.SetEntityPermissionsBody)
	for _, permission := range req.Permission {
		if !a.knows(permission) {
			body.Fault_ = simulator.Fault("", &types.UserNotFound{Principal: permission.Principal})
			return body
		}
	}
	manager := a.real(ctx, req.This)
	ctx.WithLock(manager, func() {
		req.Permission = joined(permissionsOf(ctx, manager, req.Entity), req.Permission, req.Entity)
		body = manager.SetEntityPermissions(req).(*methods.SetEntityPermissionsBody)
		tellPermissions(ctx, manager, req.Entity)
	})
	return body
}

// tellPermissions has an object tell its permissions, from which whoever saves
// an inventory knows them. The simulator keeps them apart.
func tellPermissions(ctx *simulator.Context, manager *simulator.AuthorizationManager, ref types.ManagedObjectReference) {
	if entity, ok := ctx.Map.Get(ref).(mo.Entity); ok {
		ctx.WithLock(entity, func() { entity.Entity().Permission = slices.Clone(permissionsOf(ctx, manager, ref)) })
	}
}

// HasPrivilegeOnEntities tells a session's privileges as the guard enforces
// them. The simulator grants everything to everybody.
func (a *authorization) HasPrivilegeOnEntities(ctx *simulator.Context, req *types.HasPrivilegeOnEntities) soap.HasFault {
	res := new(types.HasPrivilegeOnEntitiesResponse)
	for _, entity := range req.Entity {
		found := types.EntityPrivilege{Entity: entity}
		for _, id := range req.PrivId {
			found.PrivAvailability = append(found.PrivAvailability,
				types.PrivilegeAvailability{PrivId: id, IsGranted: a.guard.Permits(ctx, id, entity)})
		}
		res.Returnval = append(res.Returnval, found)
	}
	return &methods.HasPrivilegeOnEntitiesBody{Res: res}
}

func (a *authorization) knows(permission types.Permission) bool {
	return slices.ContainsFunc(a.known, func(p Principal) bool {
		return p.Group == permission.Group && strings.EqualFold(p.Name, permission.Principal)
	})
}

func joined(present, given []types.Permission, entity types.ManagedObjectReference) []types.Permission {
	all := slices.Clone(present)
	for _, permission := range given {
		all = slices.DeleteFunc(all, func(p types.Permission) bool {
			return p.Group == permission.Group && strings.EqualFold(p.Principal, permission.Principal)
		})
		permission.Entity = &entity
		all = append(all, permission)
	}
	return all
}

// RemoveEntityPermission takes the principal's name in any case, as a Windows
// domain's names are; the provider sends it in lower case.
func (a *authorization) RemoveEntityPermission(ctx *simulator.Context, req *types.RemoveEntityPermission) soap.HasFault {
	manager := a.real(ctx, req.This)
	var res soap.HasFault
	ctx.WithLock(manager, func() {
		for _, p := range permissionsOf(ctx, manager, req.Entity) {
			if strings.EqualFold(p.Principal, req.User) {
				req.User = p.Principal
			}
		}
		res = manager.RemoveEntityPermission(req)
		tellPermissions(ctx, manager, req.Entity)
	})
	return res
}

func permissionsOf(ctx *simulator.Context, manager *simulator.AuthorizationManager, entity types.ManagedObjectReference) []types.Permission {
	if ctx.Map.Get(entity) == nil {
		return nil
	}
	res := manager.RetrieveEntityPermissions(ctx, &types.RetrieveEntityPermissions{Entity: entity})
	return res.(*methods.RetrieveEntityPermissionsBody).Res.Returnval
}

// dropPermissions removes the permissions of an object that goes.
func dropPermissions(ctx *simulator.Context, entity types.ManagedObjectReference) {
	manager := ctx.Map.Get(*vpx.ServiceContent.AuthorizationManager).(*simulator.AuthorizationManager)
	ctx.WithLock(manager, func() {
		for _, p := range permissionsOf(ctx, manager, entity) {
			manager.RemoveEntityPermission(&types.RemoveEntityPermission{Entity: entity, User: p.Principal, IsGroup: p.Group})
		}
	})
}
