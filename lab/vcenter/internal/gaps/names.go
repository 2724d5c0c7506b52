package gaps

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// vCenter calls its switches VmwareDistributedVirtualSwitch; the simulator
// knows the base type's name only. Clients look objects up by their type's
// name, so both sides are translated on the wire.
//
// vCenter finds a cluster under its base type's name too, which is how the
// provider asks for the environment browser that tells a guest's family when a
// clone is customized. The simulator looks for the exact type.
//
// Tag categories take types with the prefix urn:vim25: (as the provider sends
// them) and tell them without, where the simulator gives back what it was sent.
const (
	baseSwitch   = "DistributedVirtualSwitch"
	vmwareSwitch = "VmwareDistributedVirtualSwitch"
	baseCluster  = `"ComputeResource">domain-c`
	realCluster  = `"ClusterComputeResource">domain-c`
	typePrefix   = `"urn:vim25:`
)

var (
	toBase = strings.NewReplacer(
		`"`+vmwareSwitch+`"`, `"`+baseSwitch+`"`, `>`+vmwareSwitch+`<`, `>`+baseSwitch+`<`, baseCluster, realCluster)
	toVMware = strings.NewReplacer(
		`"`+baseSwitch+`"`, `"`+vmwareSwitch+`"`, `>`+baseSwitch+`<`, `>`+vmwareSwitch+`<`)
	plainTypes = strings.NewReplacer(typePrefix, `"`)
)

// SwitchNames translates the types' names in a request and in its answer.
func SwitchNames(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !rewriteRequest(w, r, toBase, vmwareSwitch, baseCluster) {
			return
		}
		answer := &buffered{ResponseWriter: w}
		next.ServeHTTP(answer, r)
		answer.flush(toVMware, baseSwitch)
	})
}

// PlainTypes takes the prefix off the types of a tag category in a request.
func PlainTypes(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if rewriteRequest(w, r, plainTypes, typePrefix) {
			next.ServeHTTP(w, r)
		}
	})
}

// rewriteRequest reads the body whole; most have nothing to translate, and the
// search for a word is far cheaper than the replacement.
func rewriteRequest(w http.ResponseWriter, r *http.Request, with *strings.Replacer, words ...string) bool {
	body, ok := bodyOf(w, r)
	if ok {
		r.Body = io.NopCloser(bytes.NewReader(translate(body, with, words)))
	}
	return ok
}

func translate(body []byte, with *strings.Replacer, words []string) []byte {
	for _, word := range words {
		if bytes.Contains(body, []byte(word)) {
			return []byte(with.Replace(string(body)))
		}
	}
	return body
}
