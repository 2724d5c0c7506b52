package gaps

import (
	"path"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

type searchIndex struct{ override }

// FindByInventoryPath finds the datastores of a datastore cluster too. The
// simulator looks into every other kind of folder.
func (*searchIndex) FindByInventoryPath(ctx *simulator.Context, req *types.FindByInventoryPath) soap.HasFault {
	index := ctx.Map.Get(req.This).(*simulator.SearchIndex)
	body := index.FindByInventoryPath(ctx, req).(*methods.FindByInventoryPathBody)
	if body.Res == nil || body.Res.Returnval != nil {
		return body
	}
	dir, name := path.Split(strings.Trim(req.InventoryPath, "/"))
	above := index.FindByInventoryPath(ctx, &types.FindByInventoryPath{This: req.This, InventoryPath: dir}).(*methods.FindByInventoryPathBody)
	if above.Res == nil || above.Res.Returnval == nil {
		return body
	}
	if pod, ok := ctx.Map.Get(*above.Res.Returnval).(*simulator.StoragePod); ok {
		if found := ctx.Map.FindByName(name, pod.ChildEntity); found != nil {
			body.Res.Returnval = types.NewReference(found.Reference())
		}
	}
	return body
}
