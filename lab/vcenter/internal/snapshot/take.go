package snapshot

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"github.com/vmware/govmomi/vapi/rest"
)

// wanted are the properties by type: one request brings them all, whatever the
// number of machines.
var wanted = map[string][]string{
	"ManagedEntity":                  {"name", "parent"},
	"ResourcePool":                   {"config.cpuAllocation", "config.memoryAllocation"},
	"ClusterComputeResource":         {"host", "configurationEx"},
	"VmwareDistributedVirtualSwitch": {"config"},
	"DistributedVirtualPortgroup":    {"config"},
	"VirtualMachine": {
		"config.annotation", "config.bootOptions", "config.extraConfig", "config.firmware", "config.guestId",
		"config.hardware.device", "config.hardware.memoryMB", "config.hardware.numCPU",
		"config.instanceUuid", "config.memoryAllocation", "config.template", "customValue", "datastore",
		"guest.hostName", "network",
		"resourcePool", "runtime.host", "runtime.powerState", "summary.runtime.bootTime",
	},
}

// Take reads a vCenter through one session of each of its two APIs.
func Take(ctx context.Context, c *vim25.Client, tagging *rest.Client) (*Snapshot, error) {
	objects, err := collect(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	in := newIndex(c.ServiceContent.RootFolder, objects)
	s := new(Snapshot)
	if err := s.addTags(ctx, tagging, in); err != nil {
		return nil, fmt.Errorf("tags: %w", err)
	}
	if err := s.addCustomFields(ctx, c, in); err != nil {
		return nil, fmt.Errorf("custom attributes: %w", err)
	}
	if err := s.addAuthorization(ctx, c, in); err != nil {
		return nil, fmt.Errorf("roles and permissions: %w", err)
	}
	if err := s.addLibraries(ctx, tagging); err != nil {
		return nil, fmt.Errorf("content libraries: %w", err)
	}
	s.addInventory(in)
	s.sort()
	return s, nil
}

// collect asks for every managed entity through one container view.
func collect(ctx context.Context, c *vim25.Client) ([]types.ObjectContent, error) {
	v, err := view.NewManager(c).CreateContainerView(ctx, c.ServiceContent.RootFolder, []string{"ManagedEntity"}, true)
	if err != nil {
		return nil, err
	}
	defer func() { _ = v.Destroy(context.WithoutCancel(ctx)) }()
	req := types.RetrieveProperties{SpecSet: []types.PropertyFilterSpec{{
		ObjectSet: []types.ObjectSpec{{
			Obj:       v.Reference(),
			Skip:      types.NewBool(true),
			SelectSet: []types.BaseSelectionSpec{&types.TraversalSpec{Type: "ContainerView", Path: "view"}},
		}},
		PropSet: specs(),
	}}}
	res, err := property.DefaultCollector(c).RetrieveProperties(ctx, req)
	if err != nil {
		return nil, err
	}
	return res.Returnval, nil
}

func specs() []types.PropertySpec {
	var set []types.PropertySpec
	for kind, paths := range wanted {
		set = append(set, types.PropertySpec{Type: kind, PathSet: paths})
	}
	return set
}

// load fills one typed object from what was collected.
func load[T any](content types.ObjectContent) T {
	var object T
	// The type is the one the content is of; no other error is possible.
	_ = mo.LoadObjectContent([]types.ObjectContent{content}, &object)
	return object
}
