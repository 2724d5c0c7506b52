package authorization

import (
	"slices"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// principal is a user, or a group of which somebody is the only member.
type principal struct {
	name  string
	group bool
}

// permitted looks for the nearest permission of a principal: on the object itself,
// else on the closest of those that it is below, where the permission is
// passed on. Like vCenter's it replaces those farther up. What is not in the
// tree of the inventory, such as a manager or a tag, stands for its root.
func permitted(ctx *simulator.Context, who principal, need Need) bool {
	manager := ctx.Map.Get(*vpx.ServiceContent.AuthorizationManager).(*simulator.AuthorizationManager)
	held := false
	ctx.WithLock(manager, func() {
		at := entity(ctx.Map, need.On)
		for above := false; at != nil; above = true {
			if permission := of(ctx, manager, at.Reference(), who); permission != nil && (permission.Propagate || !above) {
				held = slices.Contains(privileges(manager, permission.RoleId), need.Privilege)
				return
			}
			at = parent(ctx.Map, at)
		}
	})
	return held
}

func entity(registry *simulator.Registry, ref types.ManagedObjectReference) mo.Entity {
	if found, ok := registry.Get(ref).(mo.Entity); ok {
		return found
	}
	root, _ := registry.Get(vpx.ServiceContent.RootFolder).(mo.Entity)
	return root
}

func parent(registry *simulator.Registry, of mo.Entity) mo.Entity {
	ref := of.Entity().Parent
	if ref == nil {
		return nil
	}
	found, _ := registry.Get(*ref).(mo.Entity)
	return found
}

func of(ctx *simulator.Context, manager *simulator.AuthorizationManager, on types.ManagedObjectReference, who principal) *types.Permission {
	res := manager.RetrieveEntityPermissions(ctx, &types.RetrieveEntityPermissions{Entity: on})
	for _, permission := range res.(*methods.RetrieveEntityPermissionsBody).Res.Returnval {
		if permission.Group == who.group && strings.EqualFold(permission.Principal, who.name) {
			return &permission
		}
	}
	return nil
}

func privileges(manager *simulator.AuthorizationManager, role int32) []string {
	for _, known := range manager.RoleList {
		if known.RoleId == role {
			return known.Privilege
		}
	}
	return nil
}
