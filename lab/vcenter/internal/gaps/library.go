package gaps

import (
	"encoding/json"
	"net/http"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vapi/vcenter"
	"github.com/vmware/govmomi/vim25/types"
)

// MachinesFromLibrary makes a machine of what was deployed from a template in a
// content library. The simulator leaves another template, which the provider
// can neither change nor start.
func MachinesFromLibrary(ctx *simulator.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodyOf(w, r)
		if !ok {
			return
		}
		answer := &buffered{ResponseWriter: w}
		next.ServeHTTP(answer, r)
		if r.URL.Query().Get("action") == "deploy" {
			unmark(ctx, body, answer.body.Bytes())
		}
		answer.flush(nil)
	})
}

func unmark(ctx *simulator.Context, request, answer []byte) {
	var asked struct {
		Spec vcenter.DeployTemplate `json:"spec"`
	}
	var made struct {
		Value string `json:"value"`
	}
	if json.Unmarshal(request, &asked) != nil || json.Unmarshal(answer, &made) != nil || asked.Spec.Placement == nil {
		return
	}
	vm, ok := ctx.Map.Get(types.ManagedObjectReference{Type: "VirtualMachine", Value: made.Value}).(*simulator.VirtualMachine)
	if !ok {
		return
	}
	ctx.WithLock(vm, func() {
		vm.MarkAsVirtualMachine(&types.MarkAsVirtualMachine{
			This: vm.Self,
			Pool: types.ManagedObjectReference{Type: "ResourcePool", Value: asked.Spec.Placement.ResourcePool},
		})
	})
}
