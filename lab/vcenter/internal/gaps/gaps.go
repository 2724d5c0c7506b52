// Package gaps closes, from outside, what the simulator lacks of a vCenter and
// the vSphere provider calls. Each file has one topic; each override says what
// vCenter does, what the simulator does, and who notices.
package gaps

import (
	"reflect"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// Guard is asked before every call; what Check returns refuses the call.
type Guard interface {
	Check(*simulator.Context, *simulator.Method) types.BaseMethodFault
	// Permits tells whether the session holds a privilege on an object.
	Permits(ctx *simulator.Context, privilege string, on types.ManagedObjectReference) bool
}

// Install puts every override into a registry that has its inventory's root,
// and returns what ends waiting calls when the server stops.
func Install(registry *simulator.Registry, principals []Principal, policies *Policies, guard Guard) (stop func()) {
	room := newSpace()
	machines := &machine{override: named("VirtualMachine"), policies: policies, space: room}
	overrides := map[string]mo.Reference{
		"AuthorizationManager":            &authorization{override: named("AuthorizationManager"), known: principals, guard: guard},
		"ClusterComputeResource":          &cluster{named("ClusterComputeResource")},
		"CustomFieldsManager":             &customFields{named("CustomFieldsManager")},
		"DistributedVirtualPortgroup":     &portGroup{named("DistributedVirtualPortgroup")},
		"DistributedVirtualSwitch":        &distributedSwitch{named("DistributedVirtualSwitch")},
		"DistributedVirtualSwitchManager": &switchManager{named("DistributedVirtualSwitchManager")},
		"Folder":                          &folder{named("Folder")},
		"ResourcePool":                    &resourcePool{named("ResourcePool")},
		"SearchIndex":                     &searchIndex{named("SearchIndex")},
		"SessionManager":                  &session{named("SessionManager")},
		"VirtualMachine":                  machines,
		"VirtualMachineSnapshot":          &machineSnapshot{named("VirtualMachineSnapshot")},
		"StorageResourceManager":          &storageManager{override: named("StorageResourceManager"), machines: machines, asked: make(map[string]placement)},
	}
	registry.Handler = func(ctx *simulator.Context, call *simulator.Method) (mo.Reference, types.BaseMethodFault) {
		if fault := guard.Check(ctx, call); fault != nil {
			return nil, fault
		}
		return redirect(overrides[call.This.Type], call), nil
	}
	registry.AddHandler(&departures{named("Departures"), room})
	registry.AddHandler(&customizations{named("Customizations")})
	return installCollector(registry, vpx.ServiceContent.PropertyCollector)
}

// redirect sends a call to the override that has a method of its name. The
// request's own "this" still names the real object; the call's has to change,
// or the session's look-up of the real object would win.
func redirect(target mo.Reference, call *simulator.Method) mo.Reference {
	if target == nil || !reflect.ValueOf(target).MethodByName(goName(call.Name)).IsValid() {
		return nil
	}
	call.This = target.Reference()
	return target
}

// goName is the simulator's name for a method: CloneVM_Task is CloneVMTask.
func goName(method string) string {
	if short, ok := strings.CutSuffix(method, "_Task"); ok {
		method = short + "Task"
	}
	return strings.ToUpper(method[:1]) + method[1:]
}

// override is what every stand-in embeds. It opts out of the simulator's lock
// by object: one stand-in serves all objects of a type, and must not make
// their calls wait for each other. Each method locks the real object instead.
type override struct{ Self types.ManagedObjectReference }

func named(kind string) override {
	return override{types.ManagedObjectReference{Type: "Override", Value: kind}}
}

func (o override) Reference() types.ManagedObjectReference { return o.Self }
func (override) Lock()                                     {}
func (override) Unlock()                                   {}

// finish waits for a task that the simulator started, so that an override may
// complete its work before the caller learns that there is a task at all.
func finish(ctx *simulator.Context, ref types.ManagedObjectReference) *simulator.Task {
	task := ctx.Map.Get(ref).(*simulator.Task)
	task.Wait()
	return task
}

func succeeded(task *simulator.Task) bool { return task.Info.Error == nil }

// runTask starts a task of our own on an object.
func runTask(ctx *simulator.Context, on mo.Reference, name string, run func() (types.AnyType, types.BaseMethodFault)) types.ManagedObjectReference {
	return simulator.CreateTask(on, name, func(*simulator.Task) (types.AnyType, types.BaseMethodFault) { return run() }).Run(ctx)
}

// without is a copy of refs that lacks one; a copy, as a reader of the old
// slice may still be at work.
func without(refs []types.ManagedObjectReference, gone ...types.ManagedObjectReference) []types.ManagedObjectReference {
	kept := make([]types.ManagedObjectReference, 0, len(refs))
	for _, ref := range refs {
		if simulator.FindReference(gone, ref) == nil {
			kept = append(kept, ref)
		}
	}
	return kept
}
