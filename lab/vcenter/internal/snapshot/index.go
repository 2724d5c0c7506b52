package snapshot

import (
	"slices"

	"github.com/vmware/govmomi/vim25/types"
)

type ref = types.ManagedObjectReference

// index answers for references with names and paths.
type index struct {
	root     ref
	names    map[ref]string
	parents  map[ref]ref
	contents map[string][]types.ObjectContent
	fields   map[int32]string
	tags     map[ref][]string
}

func newIndex(root ref, objects []types.ObjectContent) *index {
	in := &index{
		root: root, names: make(map[ref]string), parents: make(map[ref]ref),
		contents: make(map[string][]types.ObjectContent), fields: make(map[int32]string), tags: make(map[ref][]string),
	}
	for _, object := range objects {
		in.contents[object.Obj.Type] = append(in.contents[object.Obj.Type], object)
		for _, p := range object.PropSet {
			switch value := p.Val.(type) {
			case string:
				if p.Name == "name" {
					in.names[object.Obj] = value
				}
			case ref:
				if p.Name == "parent" {
					in.parents[object.Obj] = value
				}
			}
		}
	}
	return in
}

// path is the inventory path: /Datacenter/vm/folder/machine.
func (in *index) path(of ref) string {
	if of == in.root {
		return "/"
	}
	path := ""
	for at, seen := of, 0; at != in.root && at != (ref{}) && seen < len(in.parents)+1; seen++ {
		path = "/" + in.names[at] + path
		at = in.parents[at]
	}
	return path
}

// known says whether the object stands in the inventory: tags and permissions
// may outlive the object they were given to.
func (in *index) known(of ref) bool {
	_, ok := in.names[of]
	return ok || of == in.root
}

func (in *index) namesOf(refs []ref) []string {
	names := make([]string, 0, len(refs))
	for _, r := range refs {
		names = append(names, in.names[r])
	}
	slices.Sort(names)
	return names
}

// pathOf follows a reference that may be missing.
func (in *index) pathOf(of *ref) string {
	if of == nil {
		return ""
	}
	return in.path(*of)
}

func (in *index) nameOf(of *ref) string {
	if of == nil {
		return ""
	}
	return in.names[*of]
}
