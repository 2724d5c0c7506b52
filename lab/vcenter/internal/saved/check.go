package saved

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/types"
)

// mostFlaws are told; an inventory that was cut off may have thousands.
const mostFlaws = 10

// needed are the properties without which an object of a type means nothing.
// A machine that its host lost has no configuration, and a host that is
// switched off none either.
var needed = map[string][]string{
	"Folder":                      {"name"},
	"Datacenter":                  {"name", "parent", "vmFolder", "hostFolder", "datastoreFolder", "networkFolder"},
	"ClusterComputeResource":      {"name", "parent", "summary", "resourcePool", "configurationEx"},
	"ComputeResource":             {"name", "parent", "summary", "resourcePool"},
	"HostSystem":                  {"name", "parent", "summary", "config"},
	"ResourcePool":                {"name", "parent", "owner", "config"},
	"Datastore":                   {"name", "parent", "info", "summary"},
	"VirtualMachine":              {"name", "summary", "runtime"},
	"DistributedVirtualSwitch":    {"name", "parent", "config", "uuid"},
	"DistributedVirtualPortgroup": {"name", "parent", "config", "key"},
	"Network":                     {"name", "parent"},
}

// tree are the properties that lead from an object to those below it.
var tree = []string{"childEntity", "vmFolder", "hostFolder", "datastoreFolder", "networkFolder", "host", "resourcePool"}

func (inv *Inventory) flaws(dir string) []error {
	if !slices.ContainsFunc(inv.objects, isWhole) {
		return []error{fmt.Errorf("%s holds a part of a vCenter: save all of it, with no path behind 'govc object.save'", dir)}
	}
	known := make(map[types.ManagedObjectReference]bool)
	for _, content := range inv.objects {
		known[content.Obj] = true
	}
	var flaws []error
	if !known[vpx.ServiceContent.RootFolder] {
		flaws = append(flaws, fmt.Errorf("%s: the root folder, %s, is missing", dir, vpx.ServiceContent.RootFolder.Value))
	}
	for _, content := range inv.objects {
		flaws = append(flaws, objectFlaws(dir, content, known)...)
	}
	if more := len(flaws) - mostFlaws; more > 0 {
		flaws = append(flaws[:mostFlaws:mostFlaws], fmt.Errorf("%s: %d more like these", dir, more))
	}
	return flaws
}

func objectFlaws(dir string, content types.ObjectContent, known map[types.ManagedObjectReference]bool) []error {
	names, isEntity := needed[content.Obj.Type]
	if !isEntity {
		return nil
	}
	var flaws []error
	at := fmt.Sprintf("%s: %s %q", dir, content.Obj.Value, nameOf(content))
	for _, name := range names {
		if valueOf(content, name) == nil {
			flaws = append(flaws, fmt.Errorf("%s has no %s: whoever saved it may not read all of it", at, name))
		}
	}
	for _, ref := range below(content) {
		if _, isEntity := needed[ref.Type]; isEntity && !known[ref] {
			flaws = append(flaws, fmt.Errorf("%s: %s below it is missing: the save was not complete, or its login may not see all", at, ref.Value))
		}
	}
	return flaws
}

// below are the objects that stand below one in the inventory.
func below(content types.ObjectContent) []types.ManagedObjectReference {
	var refs []types.ManagedObjectReference
	for _, name := range tree {
		switch value := valueOf(content, name).(type) {
		case types.ManagedObjectReference:
			refs = append(refs, value)
		case types.ArrayOfManagedObjectReference:
			refs = append(refs, value.ManagedObjectReference...)
		}
	}
	return refs
}

func nameOf(content types.ObjectContent) string {
	name, _ := valueOf(content, "name").(string)
	return name
}

// CheckLogin refuses a login that no permission names: it could do nothing.
func (inv *Inventory) CheckLogin(login string) error {
	users := inv.Users()
	if slices.ContainsFunc(users, func(user string) bool { return sameName(user, login) }) {
		return nil
	}
	if len(users) == 0 {
		return errors.New("the saved inventory has no permission of a user: whoever saved it may not read them")
	}
	return fmt.Errorf("the saved inventory has no permission of %q; those of a group and global ones do not count; it has some of %q", login, users)
}
