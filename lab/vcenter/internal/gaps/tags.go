package gaps

import (
	"encoding/json"
	"net/http"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// tagStore is the part of the simulator's REST handler that knows which object
// bears which tag.
type tagStore interface {
	http.Handler
	sync.Locker
	AttachedTags(types.ManagedObjectReference) ([]string, types.BaseMethodFault)
	DetachTag(types.ManagedObjectReference, string) types.BaseMethodFault
}

// FollowTags closes two gaps of the REST handler's tags, and gives it back.
func FollowTags(registry *simulator.Registry, rest http.Handler) http.Handler {
	store, ok := rest.(tagStore)
	if !ok {
		return rest
	}
	registry.AddHandler(&untagged{named("Untagged"), store})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { detachAll(store, w, r) })
}

// detachAll answers a request, and when it detached several tags at once takes
// the object off each tag's list. The simulator only marks it as detached
// there, so that the tag went on naming it; vCenter does not.
func detachAll(store tagStore, w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("~action") != "detach-multiple-tags-from-object" {
		store.ServeHTTP(w, r)
		return
	}
	body, ok := bodyOf(w, r)
	if !ok {
		return
	}
	answer := &buffered{ResponseWriter: w}
	store.ServeHTTP(answer, r)
	if answer.status == 0 || answer.status == http.StatusOK {
		takeOff(store, body)
	}
	answer.flush(nil)
}

func takeOff(store tagStore, body []byte) {
	var request struct {
		Tags   []string                  `json:"tag_ids"`
		Object struct{ Type, ID string } `json:"object_id"`
	}
	if json.Unmarshal(body, &request) != nil {
		return
	}
	store.Lock()
	defer store.Unlock()
	for _, tag := range request.Tags {
		store.DetachTag(types.ManagedObjectReference{Type: request.Object.Type, Value: request.Object.ID}, tag)
	}
}

// untagged takes the tags off an object that is removed from the inventory, as
// vCenter does; the simulator goes on naming it among a tag's bearers.
type untagged struct {
	override
	store tagStore
}

func (*untagged) PutObject(*simulator.Context, mo.Reference)                            {}
func (*untagged) UpdateObject(*simulator.Context, mo.Reference, []types.PropertyChange) {}

func (u *untagged) RemoveObject(_ *simulator.Context, ref types.ManagedObjectReference) {
	if !bearsTags[ref.Type] {
		return
	}
	u.store.Lock()
	defer u.store.Unlock()
	tags, _ := u.store.AttachedTags(ref)
	for _, tag := range tags {
		u.store.DetachTag(ref, tag)
	}
}

// bearsTags are the kinds that come and go in a deployment.
var bearsTags = map[string]bool{
	"DistributedVirtualPortgroup": true, baseSwitch: true, "Folder": true, "ResourcePool": true, "VirtualMachine": true,
}
