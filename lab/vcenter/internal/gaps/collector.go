package gaps

import (
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// collector lets any number of callers wait on one property collector at a
// time, as vCenter does. The simulator hands each update to one waiter only;
// provider 2.15.0 waits for ten tasks on its session's default collector, and
// hangs for good once another waiter has taken the end of its task away.
//
// The simulator makes one collector a session by reflection, as a zero value:
// what waiters share therefore stands in a table beside it.
type collector struct {
	simulator.PropertyCollector
}

// filter is one set of objects and properties to watch.
type filter struct {
	mo.PropertyFilter
	shared *watch
}

type watchKey struct {
	session   *simulator.Registry
	collector types.ManagedObjectReference
}

var (
	watches sync.Map // watchKey to *watch
	bell    = newRinger()
)

// installCollector replaces the session default and every collector made of it.
func installCollector(registry *simulator.Registry, ref types.ManagedObjectReference) (stop func()) {
	pc := new(collector)
	pc.Self = ref
	registry.Put(pc)
	registry.AddHandler(&taskEnds{named("TaskEnds")})
	ended := make(chan struct{})
	stops.Store(registry, ended)
	return func() {
		close(ended)
		stops.Delete(registry)
	}
}

// stops has, for each registry, the channel that ends its waiting calls.
var stops sync.Map

func (c *collector) watch(ctx *simulator.Context) *watch {
	key := watchKey{ctx.Session.Registry, c.Self}
	found, _ := watches.LoadOrStore(key, newWatch())
	return found.(*watch)
}

func (c *collector) CreatePropertyCollector(ctx *simulator.Context, _ *types.CreatePropertyCollector) soap.HasFault {
	ref := ctx.Session.Put(newCollector()).Reference()
	return &methods.CreatePropertyCollectorBody{Res: &types.CreatePropertyCollectorResponse{Returnval: ref}}
}

// newCollector names its type, which a reference would else get from Go's.
func newCollector() *collector {
	pc := new(collector)
	pc.Self.Type = "PropertyCollector"
	return pc
}

func (c *collector) DestroyPropertyCollector(ctx *simulator.Context, req *types.DestroyPropertyCollector) soap.HasFault {
	shared := c.watch(ctx)
	shared.cancel()
	for _, f := range shared.clear() {
		ctx.Session.Remove(ctx, f.Self)
	}
	watches.Delete(watchKey{ctx.Session.Registry, c.Self})
	ctx.Session.Remove(ctx, req.This)
	return &methods.DestroyPropertyCollectorBody{Res: new(types.DestroyPropertyCollectorResponse)}
}

func (c *collector) CreateFilter(ctx *simulator.Context, req *types.CreateFilter) soap.HasFault {
	f := &filter{shared: c.watch(ctx)}
	f.Self.Type = "PropertyFilter"
	f.Spec, f.PartialUpdates = req.Spec, req.PartialUpdates
	ctx.Session.Put(f)
	f.shared.add(f)
	return &methods.CreateFilterBody{Res: &types.CreateFilterResponse{Returnval: f.Self}}
}

func (f *filter) DestroyPropertyFilter(ctx *simulator.Context, _ *types.DestroyPropertyFilter) soap.HasFault {
	f.shared.remove(f)
	ctx.Session.Remove(ctx, f.Self)
	return &methods.DestroyPropertyFilterBody{Res: new(types.DestroyPropertyFilterResponse)}
}

func (c *collector) CancelWaitForUpdates(ctx *simulator.Context, _ *types.CancelWaitForUpdates) soap.HasFault {
	c.watch(ctx).cancel()
	return &methods.CancelWaitForUpdatesBody{Res: new(types.CancelWaitForUpdatesResponse)}
}

// WaitForUpdatesEx answers every waiter with the full state of each filter
// that changed since the version it names.
func (c *collector) WaitForUpdatesEx(ctx *simulator.Context, req *types.WaitForUpdatesEx) soap.HasFault {
	body := new(methods.WaitForUpdatesExBody)
	set, fault := c.watch(ctx).wait(ctx, req.Version, patience(req.Options), c.retrieve)
	if fault != nil {
		body.Fault_ = simulator.Fault("", fault)
		return body
	}
	body.Res = &types.WaitForUpdatesExResponse{Returnval: set}
	return body
}

// WaitForUpdates is the older call of the same meaning.
func (c *collector) WaitForUpdates(ctx *simulator.Context, req *types.WaitForUpdates) soap.HasFault {
	body := new(methods.WaitForUpdatesBody)
	set, fault := c.watch(ctx).wait(ctx, req.Version, forever, c.retrieve)
	if fault != nil || set == nil {
		body.Fault_ = simulator.Fault("", new(types.RequestCanceled))
		return body
	}
	body.Res = &types.WaitForUpdatesResponse{Returnval: *set}
	return body
}

func (c *collector) retrieve(ctx *simulator.Context, spec types.PropertyFilterSpec) ([]types.ObjectContent, bool) {
	req := &types.RetrievePropertiesEx{SpecSet: []types.PropertyFilterSpec{spec}}
	res := c.RetrievePropertiesEx(ctx, req).(*methods.RetrievePropertiesExBody)
	if res.Fault_ != nil {
		return nil, false
	}
	return res.Res.Returnval.Objects, true
}

// forever is shorter than it says, so that the call of a client that is gone
// ends too; clients ask again when a wait comes back empty.
const forever = 5 * time.Minute

func patience(options *types.WaitOptions) time.Duration {
	if options == nil || options.MaxWaitSeconds == nil {
		return forever
	}
	return time.Duration(*options.MaxWaitSeconds) * time.Second
}
