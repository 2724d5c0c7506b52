package saved

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// loaded are the types that are taken over, in the order in which the simulator
// is given them: some look for those before. Everything else stays as the
// simulator makes it: sessions, tasks, events and licences are nobody's matter
// here, and say who worked with the vCenter.
var loaded = []string{
	"AuthorizationManager", "CustomFieldsManager", "Folder", "StoragePod", "Datacenter", "ClusterComputeResource", "ComputeResource",
	"HostSystem", "ResourcePool", "VirtualApp", "Datastore", "Network", "OpaqueNetwork", "DistributedVirtualSwitch",
	"DistributedVirtualPortgroup", "VirtualMachine", "HostNetworkSystem", "HostDatastoreBrowser",
}

// dropped are properties that tell of the past. What could not be done to an
// object then, disabledMethod, the simulator would keep for ever: the provider
// waits until a machine may be started again.
var dropped = []string{"recentTask", "declaredAlarmState", "triggeredAlarmState", "configIssue", "disabledMethod"}

// Load puts the inventory in the place of a model's own. The model has to be
// created already: only that gives it a folder for the files of datastores.
func (inv *Inventory) Load(model *simulator.Model, temporary string) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("the saved inventory cannot be loaded: %v", reason)
		}
	}()
	dir, err := os.MkdirTemp(temporary, "saved-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := inv.write(dir); err != nil {
		return err
	}
	if err := model.Load(dir); err != nil {
		return fmt.Errorf("the saved inventory cannot be loaded: %w", err)
	}
	inv.permit(model.Map())
	smallVSAN(model.Map())
	browsers(model.Map())
	return nil
}

func (inv *Inventory) write(dir string) error {
	for _, content := range inv.objects {
		rank := slices.Index(loaded, content.Obj.Type)
		if rank < 0 || len(content.PropSet) == 0 {
			continue
		}
		content.PropSet = slices.DeleteFunc(slices.Clone(content.PropSet), func(p types.DynamicProperty) bool {
			return slices.Contains(dropped, p.Name)
		})
		if err := encode(filepath.Join(dir, fmt.Sprintf("%02d-%s.xml", rank, content.Obj.Encode())), content); err != nil {
			return err
		}
	}
	return nil
}

// permit gives each object the permissions that it was saved with: the
// simulator keeps them apart from the objects.
func (inv *Inventory) permit(registry *simulator.Registry) {
	manager := registry.Get(*vpx.ServiceContent.AuthorizationManager).(*simulator.AuthorizationManager)
	of := make(map[types.ManagedObjectReference][]types.Permission)
	for _, permission := range inv.Permissions() {
		of[*permission.Entity] = append(of[*permission.Entity], permission)
	}
	for entity, permissions := range of {
		manager.SetEntityPermissions(&types.SetEntityPermissions{Entity: entity, Permission: permissions})
	}
}

// fewestVSAN is the number of hosts below which the simulator refuses files on
// a vSAN datastore, as vCenter does by its default storage policy.
const fewestVSAN = 3

// smallVSAN lets machines be made on a vSAN datastore of one or two hosts that
// has some: its default policy then asks for no copies on other hosts. No
// inventory tells policies.
func smallVSAN(registry *simulator.Registry) {
	for _, entity := range registry.All("Datastore") {
		ds := entity.(*simulator.Datastore)
		if ds.Summary.Type == string(types.HostFileSystemVolumeFileSystemTypeVsan) && len(ds.Host) < fewestVSAN && len(ds.Vm) > 0 {
			ds.Summary.Type = string(types.HostFileSystemVolumeFileSystemTypeOTHER)
		}
	}
}

// browsers answer for what virtual hardware a cluster, or the host of a
// machine, knows, with what the simulator knows itself. In a vCenter every
// machine has one of its own.
func browsers(registry *simulator.Registry) {
	for _, entity := range slices.Concat(registry.All("ClusterComputeResource"), registry.All("ComputeResource")) {
		if resource, ok := computeResource(entity); ok && resource.EnvironmentBrowser != nil {
			browse(registry, *resource.EnvironmentBrowser)
		}
	}
	for _, entity := range registry.All("VirtualMachine") {
		if ref := entity.(*simulator.VirtualMachine).EnvironmentBrowser; ref.Value != "" && registry.Get(ref) == nil {
			browse(registry, ref)
		}
	}
}

func browse(registry *simulator.Registry, ref types.ManagedObjectReference) {
	browser := new(simulator.EnvironmentBrowser)
	browser.Self = ref
	registry.Put(browser)
}

func computeResource(entity mo.Entity) (*mo.ComputeResource, bool) {
	switch resource := entity.(type) {
	case *simulator.ClusterComputeResource:
		return &resource.ComputeResource, true
	case *mo.ComputeResource:
		return resource, true
	}
	return nil, false
}

func sameName(a, b string) bool { return strings.EqualFold(a, b) }
