package gaps

import (
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// glance is how often a waiter looks for changes that no task announces.
const glance = 20 * time.Millisecond

// watch is what the waiters of one collector share: its filters, the state
// each filter was last seen in, and a version that counts the changes.
type watch struct {
	mu       sync.Mutex
	filters  []*watched
	version  int
	looked   time.Time
	canceled chan struct{}
}

type watched struct {
	filter  *filter
	state   []types.ObjectContent
	gone    bool
	seen    bool
	version int
}

type retriever func(*simulator.Context, types.PropertyFilterSpec) ([]types.ObjectContent, bool)

// newWatch starts at 1, as 0 is the version of a caller that has seen nothing.
func newWatch() *watch { return &watch{version: 1, canceled: make(chan struct{})} }

func (w *watch) add(f *filter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.filters = append(w.filters, &watched{filter: f})
}

func (w *watch) remove(f *filter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.filters = slices.DeleteFunc(w.filters, func(x *watched) bool { return x.filter == f })
}

func (w *watch) clear() (former []*filter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, x := range w.filters {
		former = append(former, x.filter)
	}
	w.filters = nil
	return former
}

// cancel ends the calls that wait now, and none that start later.
func (w *watch) cancel() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.canceled)
	w.canceled = make(chan struct{})
}

// wait blocks until some filter is newer than the caller's version. The first
// call of a caller, which has none, gets what there is at once.
func (w *watch) wait(ctx *simulator.Context, version string, patience time.Duration, get retriever) (*types.UpdateSet, types.BaseMethodFault) {
	since, _ := strconv.Atoi(version)
	w.mu.Lock()
	canceled := w.canceled
	w.mu.Unlock()
	ended := endOf(ctx.Map)
	for deadline := time.Now().Add(patience); ; {
		ring := bell.next()
		set := w.look(ctx, since, get)
		if len(set.FilterSet) > 0 || version == "" {
			return set, nil
		}
		left := time.Until(deadline)
		if left <= 0 {
			return nil, nil
		}
		select {
		case <-canceled:
			return nil, new(types.RequestCanceled)
		case <-ended:
			return nil, new(types.RequestCanceled)
		case <-ring:
		case <-time.After(min(left, glance)):
		}
	}
}

// look brings the filters up to date and picks those newer than since.
// Waiters that come within a moment of each other share one look.
func (w *watch) look(ctx *simulator.Context, since int, get retriever) *types.UpdateSet {
	w.mu.Lock()
	defer w.mu.Unlock()
	fresh := w.looked.After(bell.lastRung()) && time.Since(w.looked) < glance/2
	started := time.Now()
	set := new(types.UpdateSet)
	for _, x := range w.filters {
		if !x.seen || !fresh {
			w.refresh(ctx, x, get)
		}
		if x.version > since {
			set.FilterSet = append(set.FilterSet, x.update())
		}
	}
	if !fresh {
		w.looked = started
	}
	set.Version = strconv.Itoa(w.version)
	return set
}

func (w *watch) refresh(ctx *simulator.Context, x *watched, get retriever) {
	state, ok := get(ctx, x.filter.Spec)
	if x.seen && x.gone == !ok && reflect.DeepEqual(state, x.state) {
		return
	}
	w.version++
	x.state, x.gone, x.seen, x.version = state, !ok, true, w.version
}

func (x *watched) update() types.PropertyFilterUpdate {
	update := types.PropertyFilterUpdate{Filter: x.filter.Self}
	if x.gone {
		for _, set := range x.filter.Spec.ObjectSet {
			update.ObjectSet = append(update.ObjectSet, types.ObjectUpdate{Obj: set.Obj, Kind: types.ObjectUpdateKindLeave})
		}
	}
	for _, object := range x.state {
		update.ObjectSet = append(update.ObjectSet, entered(object))
	}
	return update
}

func entered(object types.ObjectContent) types.ObjectUpdate {
	update := types.ObjectUpdate{Obj: object.Obj, Kind: types.ObjectUpdateKindEnter, MissingSet: object.MissingSet}
	for _, p := range object.PropSet {
		update.ChangeSet = append(update.ChangeSet, types.PropertyChange{Op: types.PropertyChangeOpAssign, Name: p.Name, Val: p.Val})
	}
	return update
}

// taskEnds rings for every change of a task, which is what nearly all waiters
// wait for: they then answer at once and not at their next glance.
type taskEnds struct{ override }

func (*taskEnds) PutObject(*simulator.Context, mo.Reference)                    {}
func (*taskEnds) RemoveObject(*simulator.Context, types.ManagedObjectReference) {}
func (*taskEnds) UpdateObject(_ *simulator.Context, obj mo.Reference, _ []types.PropertyChange) {
	if obj.Reference().Type == "Task" {
		bell.ring()
	}
}

func endOf(registry *simulator.Registry) <-chan struct{} {
	if ended, ok := stops.Load(registry); ok {
		return ended.(chan struct{})
	}
	return nil
}
