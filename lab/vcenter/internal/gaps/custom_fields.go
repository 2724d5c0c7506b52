package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type customFields struct{ override }

// AddCustomFieldDef gives a new attribute a key that no other has. The
// simulator counts from 0 whatever is there, so in a saved inventory two
// attributes had one key: the value of one was read as the other's, and no
// second plan was empty.
func (*customFields) AddCustomFieldDef(ctx *simulator.Context, req *types.AddCustomFieldDef) soap.HasFault {
	manager := ctx.Map.Get(req.This).(*simulator.CustomFieldsManager)
	def := types.CustomFieldDef{
		Key:                     1,
		Name:                    req.Name,
		ManagedObjectType:       req.MoType,
		Type:                    req.MoType,
		FieldDefPrivileges:      req.FieldDefPolicy,
		FieldInstancePrivileges: req.FieldPolicy,
	}
	taken := false
	ctx.WithLock(manager, func() {
		for _, field := range manager.Field {
			overlaps := field.ManagedObjectType == "" || req.MoType == "" || field.ManagedObjectType == req.MoType
			taken = taken || (field.Name == req.Name && overlaps)
			def.Key = max(def.Key, field.Key+1)
		}
		if !taken {
			manager.Field = append(manager.Field, def)
		}
	})
	if taken {
		fault := simulator.Fault("", &types.DuplicateName{Name: req.Name, Object: req.This})
		return &methods.AddCustomFieldDefBody{Fault_: fault}
	}
	offer(ctx, def)
	return &methods.AddCustomFieldDefBody{Res: &types.AddCustomFieldDefResponse{Returnval: def}}
}

// offer tells every object of the attribute's type that it may have one.
func offer(ctx *simulator.Context, def types.CustomFieldDef) {
	for _, each := range ctx.Map.All(def.ManagedObjectType) {
		entity := each.Entity()
		ctx.WithLock(entity, func() {
			entity.AvailableField = append(entity.AvailableField, def)
		})
	}
}
