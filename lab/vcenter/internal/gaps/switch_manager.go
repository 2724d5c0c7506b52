package gaps

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type switchManager struct{ override }

// QueryDvsByUuid is vCenter's look-up of a switch by its UUID, which is the
// provider's id of a switch and is asked on every read. The simulator lacks it.
func (*switchManager) QueryDvsByUuid(ctx *simulator.Context, req *types.QueryDvsByUuid) soap.HasFault {
	dvs := switchByUUID(ctx, req.Uuid)
	if dvs == nil {
		return &methods.QueryDvsByUuidBody{Fault_: simulator.Fault("", new(types.NotFound))}
	}
	return &methods.QueryDvsByUuidBody{Res: &types.QueryDvsByUuidResponse{Returnval: &dvs.Self}}
}

// DVSManagerLookupDvPortGroup goes to the group by its key, which is its
// reference. The simulator searches its whole inventory, and reads lists that a
// destroy may just be changing; every machine's read asks for each adapter.
func (*switchManager) DVSManagerLookupDvPortGroup(ctx *simulator.Context, req *types.DVSManagerLookupDvPortGroup) soap.HasFault {
	body := new(methods.DVSManagerLookupDvPortGroupBody)
	ref := types.ManagedObjectReference{Type: "DistributedVirtualPortgroup", Value: req.PortgroupKey}
	if pg, ok := ctx.Map.Get(ref).(*simulator.DistributedVirtualPortgroup); ok && uuidOf(ctx, pg) == req.SwitchUuid {
		body.Res = &types.DVSManagerLookupDvPortGroupResponse{Returnval: &pg.Self}
		return body
	}
	body.Fault_ = simulator.Fault("", new(types.NotFound))
	return body
}

func switchByUUID(ctx *simulator.Context, uuid string) *simulator.DistributedVirtualSwitch {
	for _, entity := range ctx.Map.All("DistributedVirtualSwitch") {
		if dvs, ok := entity.(*simulator.DistributedVirtualSwitch); ok && dvs.Uuid == uuid {
			return dvs
		}
	}
	return nil
}

func uuidOf(ctx *simulator.Context, pg *simulator.DistributedVirtualPortgroup) string {
	if pg.Config.DistributedVirtualSwitch == nil {
		return ""
	}
	dvs, ok := ctx.Map.Get(*pg.Config.DistributedVirtualSwitch).(*simulator.DistributedVirtualSwitch)
	if !ok {
		return ""
	}
	return dvs.Uuid
}
