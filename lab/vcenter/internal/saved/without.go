package saved

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

// Deployed is what an earlier deployment made, by its names: it is taken off an
// inventory before it is deployed once more, or each name would be taken.
type Deployed struct {
	// Folder stands in the datacenter's folder of machines, with all machines.
	Folder string `json:"folder"`
	// Prefix begins the names of resource pools in clusters, roles, custom
	// attributes, and of groups and rules of clusters.
	Prefix     string   `json:"prefix"`
	HostGroups []string `json:"hostGroups"`
	// Switches go with their port groups.
	Switches   []string `json:"switches"`
	PortGroups []string `json:"portGroups"`
}

// ReadDeployed reads the names from a file of JSON.
func ReadDeployed(path string) (*Deployed, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := new(Deployed)
	if err := json.Unmarshal(data, d); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return d, nil
}

type refs map[types.ManagedObjectReference]bool

// Without takes off what was deployed, with what is below it, and gives the
// machines' space back.
func (inv *Inventory) Without(d *Deployed) {
	gone := inv.roots(d)
	for again := true; again; {
		again = false
		for _, content := range inv.objects {
			if up := parentOf(content); up != nil && gone[*up] && !gone[content.Obj] {
				gone[content.Obj], again = true, true
			}
		}
	}
	freed := inv.spaceOf(gone)
	inv.objects = slices.DeleteFunc(inv.objects, func(content types.ObjectContent) bool { return gone[content.Obj] })
	for i := range inv.objects {
		for j := range inv.objects[i].PropSet {
			p := &inv.objects[i].PropSet[j]
			p.Val = d.cleaned(inv.objects[i].Obj, p.Val, gone, freed)
		}
	}
}

// roots are the topmost objects that go.
func (inv *Inventory) roots(d *Deployed) refs {
	machines, pools := make(refs), make(refs)
	for _, content := range inv.objects {
		if ref, ok := valueOf(content, "vmFolder").(types.ManagedObjectReference); ok {
			machines[ref] = true
		}
		if ref, ok := valueOf(content, "resourcePool").(types.ManagedObjectReference); ok && content.Obj.Type == "ClusterComputeResource" {
			pools[ref] = true
		}
	}
	gone := make(refs)
	for _, content := range inv.objects {
		up, name := parentOf(content), nameOf(content)
		switch content.Obj.Type {
		case "Folder":
			gone[content.Obj] = up != nil && machines[*up] && name == d.Folder
		case "ResourcePool":
			gone[content.Obj] = up != nil && pools[*up] && strings.HasPrefix(name, d.Prefix)
		case "DistributedVirtualSwitch":
			gone[content.Obj] = slices.Contains(d.Switches, name)
		}
	}
	for _, content := range inv.objects {
		if config, ok := valueOf(content, "config").(types.DVPortgroupConfigInfo); ok {
			of := config.DistributedVirtualSwitch
			gone[content.Obj] = of != nil && gone[*of] || slices.Contains(d.PortGroups, nameOf(content))
		}
	}
	return gone
}

// parentOf is the object above; a machine's is its folder.
func parentOf(content types.ObjectContent) *types.ManagedObjectReference {
	if ref, ok := valueOf(content, "parent").(types.ManagedObjectReference); ok {
		return &ref
	}
	return nil
}

func (inv *Inventory) spaceOf(gone refs) map[types.ManagedObjectReference]int64 {
	freed := make(map[types.ManagedObjectReference]int64)
	for _, content := range inv.objects {
		if storage, ok := valueOf(content, "storage").(types.VirtualMachineStorageInfo); ok && gone[content.Obj] {
			for _, usage := range storage.PerDatastoreUsage {
				freed[usage.Datastore] += usage.Committed
			}
		}
	}
	return freed
}

// cleaned is a property of what stays, without what goes.
func (d *Deployed) cleaned(of types.ManagedObjectReference, value types.AnyType, gone refs, freed map[types.ManagedObjectReference]int64) types.AnyType {
	switch v := value.(type) {
	case types.ArrayOfManagedObjectReference:
		v.ManagedObjectReference = slices.DeleteFunc(v.ManagedObjectReference, func(ref types.ManagedObjectReference) bool { return gone[ref] })
		return v
	case types.DatastoreSummary:
		v.FreeSpace += freed[of]
		return v
	case types.ArrayOfAuthorizationRole:
		v.AuthorizationRole = slices.DeleteFunc(v.AuthorizationRole, func(r types.AuthorizationRole) bool { return strings.HasPrefix(r.Name, d.Prefix) })
		return v
	case types.ArrayOfCustomFieldDef:
		v.CustomFieldDef = slices.DeleteFunc(v.CustomFieldDef, func(f types.CustomFieldDef) bool { return strings.HasPrefix(f.Name, d.Prefix) })
		return v
	case types.ClusterConfigInfoEx:
		v.Group = slices.DeleteFunc(v.Group, func(group types.BaseClusterGroupInfo) bool {
			name := group.GetClusterGroupInfo().Name
			return strings.HasPrefix(name, d.Prefix) || slices.Contains(d.HostGroups, name)
		})
		v.Rule = slices.DeleteFunc(v.Rule, func(rule types.BaseClusterRuleInfo) bool {
			return strings.HasPrefix(rule.GetClusterRuleInfo().Name, d.Prefix)
		})
		v.DasVmConfig = slices.DeleteFunc(v.DasVmConfig, func(one types.ClusterDasVmConfigInfo) bool { return gone[one.Key] })
		v.DrsVmConfig = slices.DeleteFunc(v.DrsVmConfig, func(one types.ClusterDrsVmConfigInfo) bool { return gone[one.Key] })
		return v
	case types.HostConfigInfo:
		return withoutSwitches(v, d.Switches)
	}
	return value
}

// withoutSwitches gives a host's adapters free.
func withoutSwitches(config types.HostConfigInfo, names []string) types.HostConfigInfo {
	if config.Network != nil {
		config.Network.ProxySwitch = slices.DeleteFunc(config.Network.ProxySwitch, func(s types.HostProxySwitch) bool {
			return slices.Contains(names, s.DvsName)
		})
	}
	return config
}
