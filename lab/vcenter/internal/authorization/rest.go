package authorization

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vapi/vcenter"
)

const (
	sessionPath   = "/rest/com/vmware/cis/session"
	sessionHeader = "vmware-api-session-id"
	attach        = "InventoryService.Tagging.AttachTag"
	attachable    = "InventoryService.Tagging.ObjectAttachable"
)

// request is what a call of the REST API asks for.
type request struct {
	Tag    string
	Object struct{ Type, ID string } `json:"object_id"`
	Spec   vcenter.DeployTemplate    `json:"spec"`
}

// endpoint says what a call of the REST API needs, by its method, its path and
// its action. A call that only reads has no privileges.
type endpoint struct {
	method       string
	path, action *regexp.Regexp
	needs        func(request) []Need
}

func call(method, path, action string, needs func(request) []Need) endpoint {
	return endpoint{
		method: method,
		path:   regexp.MustCompile(`^/(rest|api)(/com/vmware)?(/cis|/content|/vcenter)?` + path + `$`),
		action: regexp.MustCompile(`^(` + action + `)$`),
		needs:  needs,
	}
}

// The privileges of each call, as the "vSphere Automation API" reference says
// of it, and of tags "vSphere Tagging Privileges" of "vSphere Security".
var endpoints = []endpoint{
	call("POST", `/tagging/category`, ``, atRoot("InventoryService.Tagging.CreateCategory")),
	call("PATCH", `/tagging/category/[^/]+`, ``, atRoot("InventoryService.Tagging.EditCategory")),
	call("DELETE", `/tagging/category/[^/]+`, ``, atRoot("InventoryService.Tagging.DeleteCategory")),
	call("POST", `/tagging/tag`, ``, atRoot("InventoryService.Tagging.CreateTag")),
	call("PATCH", `/tagging/tag/[^/]+`, ``, atRoot("InventoryService.Tagging.EditTag")),
	call("DELETE", `/tagging/tag/[^/]+`, ``, atRoot("InventoryService.Tagging.DeleteTag")),
	call("POST", `/tagging/tag/[^/]+`, `list-tags-for-category`, nil),
	call("POST", `/tagging/tag-association(/[^/]+)?`, `list-.*`, nil),
	call("POST", `/tagging/tag-association(/[^/]+)?`, `(at|de)tach.*`, tagging),
	call("POST", `/library(/item)?`, `find`, nil),
	call("POST", `/vm-template/library-items/[^/]+`, `deploy`, deploy),
	call("POST", `/session`, `get`, nil),
	call("DELETE", `/session`, ``, nil),
}

// REST lets through what the guarded login is permitted, and answers the rest
// as vCenter does, with 403. Other logins, and those who have none yet, are
// the simulator's own affair.
func (g *Guard) REST(ctx *simulator.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user := ""
		if g.user != "" && r.Method != http.MethodGet {
			user = userOf(next, r)
		}
		if !g.holds(user) {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		what, needs := r.Method+" "+r.URL.Path, restNeeds(r, body)
		if missing := g.missing(ctx, user, needs); len(missing) > 0 {
			g.report(user, missing[0], what)
			unauthorized(w, missing[0])
			return
		}
		g.permitted(r.Header.Get(sessionHeader), user, needs, what)
		next.ServeHTTP(w, r)
	})
}

// userOf asks the API itself whose session a request is of.
func userOf(api http.Handler, r *http.Request) string {
	ask := httptest.NewRequest(http.MethodGet, "https://localhost"+sessionPath, nil)
	ask.Header = r.Header.Clone()
	answer := httptest.NewRecorder()
	api.ServeHTTP(answer, ask)
	var session struct{ Value struct{ User string } }
	if json.Unmarshal(answer.Body.Bytes(), &session) != nil {
		return ""
	}
	return session.Value.User
}

func restNeeds(r *http.Request, body []byte) []Need {
	action := r.URL.Query().Get("~action") + r.URL.Query().Get("action")
	for _, known := range endpoints {
		if known.method != r.Method || !known.path.MatchString(r.URL.Path) || !known.action.MatchString(action) {
			continue
		}
		if known.needs == nil {
			return nil
		}
		var asked request
		_ = json.Unmarshal(body, &asked)
		return known.needs(asked)
	}
	return []Need{{unlisted, root()}}
}

func unauthorized(w http.ResponseWriter, need Need) {
	message := map[string]any{
		"id":              "vapi.authz.error",
		"default_message": "Unable to authorize user: " + need.Privilege + " is missing on " + need.On.Value,
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusForbidden)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"type": "com.vmware.vapi.std.errors.unauthorized", "value": map[string]any{"messages": []any{message}},
	})
}

func atRoot(privilege string) func(request) []Need {
	return func(request) []Need { return []Need{{privilege, root()}} }
}

// tagging needs one privilege for the tag, which the inventory's root stands
// for, and one on the object.
func tagging(asked request) []Need {
	return []Need{{attach, root()}, {attachable, ref{Type: asked.Object.Type, Value: asked.Object.ID}}}
}

// deploy of a library's VM template: what a clone needs, without the template
// itself, which only the library names.
func deploy(asked request) []Need {
	needs := []Need{{"VirtualMachine.Provisioning.DeployTemplate", root()}}
	place := asked.Spec.Placement
	if place == nil {
		return needs
	}
	needs = append(needs,
		Need{"VirtualMachine.Inventory.CreateFromExisting", ref{Type: "Folder", Value: place.Folder}},
		Need{"Resource.AssignVMToPool", ref{Type: "ResourcePool", Value: place.ResourcePool}})
	for _, storage := range []*vcenter.DiskStorage{asked.Spec.DiskStorage, asked.Spec.VMHomeStorage} {
		if storage != nil && storage.Datastore != "" {
			needs = append(needs, Need{"Datastore.AllocateSpace", ref{Type: "Datastore", Value: storage.Datastore}})
		}
	}
	return needs
}
