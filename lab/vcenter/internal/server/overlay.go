package server

import (
	"crypto/subtle"
	"net/http"

	"github.com/vmware/govmomi/pbm"
	"github.com/vmware/govmomi/simulator"

	"postazioni/lab/vcenter/internal/authorization"
	"postazioni/lab/vcenter/internal/gaps"
)

const tagging = "/rest/com/vmware/cis/tagging/"

// overlay lays handlers over the simulator's: a pattern with a method wins
// over the same path without one, so the simulator's own stay as they are.
func overlay(service *simulator.Service, guard *authorization.Guard, o Options) {
	mux := service.ServeMux
	rest, api := handlerOf(mux, "/rest/"), handlerOf(mux, "/api/")
	for _, path := range []string{"/sdk", "/sdk/vimService"} {
		mux.Handle("POST "+path, authorization.Explain(gaps.Words(gaps.SwitchNames(http.HandlerFunc(service.ServeSDK)))))
	}
	mux.Handle("POST "+pbm.Path, authorization.Explain(http.HandlerFunc(service.ServeSDK)))
	tags := guard.REST(service.Context, gaps.FollowTags(service.Context.Map, rest))
	rest, api = guard.REST(service.Context, rest), guard.REST(service.Context, api)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		mux.Handle(method+" /rest/", rest)
		mux.Handle(method+" /api/", api)
	}
	for _, method := range []string{http.MethodPost, http.MethodPatch} {
		mux.Handle(method+" "+tagging+"category", gaps.PlainTypes(tags))
		mux.Handle(method+" "+tagging+"category/", gaps.PlainTypes(tags))
	}
	mux.Handle("POST "+tagging+"tag-association", gaps.SwitchNames(tags))
	mux.Handle("POST "+tagging+"tag-association/", gaps.SwitchNames(tags))
	mux.Handle("POST /rest/vcenter/vm-template/library-items/{item}", gaps.MachinesFromLibrary(service.Context, rest))
	mux.Handle("POST /rest/com/vmware/cis/session", onlyLogin(rest, o))
	mux.Handle("POST /api/session", onlyLogin(api, o))
	closeOpenDoors(mux)
}

func handlerOf(mux *http.ServeMux, path string) http.Handler {
	request, _ := http.NewRequest(http.MethodGet, "https://localhost"+path, nil)
	handler, _ := mux.Handler(request)
	return handler
}

// onlyLogin lets a session begin by name and password alone. The simulator
// takes any signed token, unseen; asking for an open session passes through.
func onlyLogin(next http.Handler, o Options) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, given := r.BasicAuth()
		if r.URL.Query().Get("~action") == "" && !(given && o.accepts(user, password)) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// closeOpenDoors refuses what the simulator serves without asking who calls:
// the files of datastores and guests, and sessions made by JSON-RPC.
func closeOpenDoors(mux *http.ServeMux) {
	refuse := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace}
	for _, path := range []string{"/folder/", "/guestFile/", "/nfc/"} {
		for _, method := range methods {
			mux.Handle(method+" "+path, refuse)
		}
	}
	mux.Handle("POST /api", refuse)
}
