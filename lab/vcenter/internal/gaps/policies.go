package gaps

import (
	"fmt"
	"slices"
	"sync"

	"github.com/vmware/govmomi/pbm/methods"
	pbm "github.com/vmware/govmomi/pbm/simulator"
	pbmtypes "github.com/vmware/govmomi/pbm/types"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

var profiles = types.ManagedObjectReference{Type: "PbmProfileProfileManager", Value: "ProfileManager"}

// Policies remembers which storage policy a machine's home and each of its
// disks were given. vCenter answers for that; the simulator says that nothing
// has a policy, so that the provider plans the same change for ever.
type Policies struct {
	mu sync.Mutex
	of map[pbmtypes.PbmServerObjectRef]string
}

// NewPolicies knows of no policy yet.
func NewPolicies() *Policies {
	return &Policies{of: make(map[pbmtypes.PbmServerObjectRef]string)}
}

// Serve answers for the policies in the registry of storage policies, and
// makes those of the given names that are not among the simulator's own.
func (p *Policies) Serve(registry *simulator.Registry, names []string) {
	manager := &profileManager{ProfileManager: registry.Get(profiles).(*pbm.ProfileManager), policies: p}
	registry.Put(manager)
	known := manager.names()
	for _, name := range names {
		if !slices.Contains(known, name) {
			manager.create(name)
		}
	}
}

// profileManager is the simulator's own with an answer for what has a policy.
type profileManager struct {
	*pbm.ProfileManager
	policies *Policies
}

// PbmQueryAssociatedProfile tells the policy of a machine's home or of a disk.
func (m *profileManager) PbmQueryAssociatedProfile(req *pbmtypes.PbmQueryAssociatedProfile) soap.HasFault {
	res := new(pbmtypes.PbmQueryAssociatedProfileResponse)
	m.policies.mu.Lock()
	defer m.policies.mu.Unlock()
	if id, ok := m.policies.of[req.Entity]; ok {
		res.Returnval = []pbmtypes.PbmProfileId{{UniqueId: id}}
	}
	return &methods.PbmQueryAssociatedProfileBody{Res: res}
}

func (m *profileManager) names() []string {
	details := m.PbmQueryProfileDetails(new(pbmtypes.PbmQueryProfileDetails)).(*methods.PbmQueryProfileDetailsBody)
	var names []string
	for _, detail := range details.Res.Returnval {
		names = append(names, detail.Profile.GetPbmCapabilityProfile().Name)
	}
	return names
}

func (m *profileManager) create(name string) {
	m.PbmCreate(&simulator.Context{Session: new(simulator.Session)}, &pbmtypes.PbmCreate{CreateSpec: pbmtypes.PbmCapabilityProfileCreateSpec{
		Name:         name,
		Category:     string(pbmtypes.PbmProfileCategoryEnumREQUIREMENT),
		ResourceType: pbmtypes.PbmProfileResourceType{ResourceType: string(pbmtypes.PbmProfileResourceTypeEnumSTORAGE)},
		Constraints:  new(pbmtypes.PbmCapabilitySubProfileConstraints),
	}})
}

// record keeps the policies that a change of a machine names. The keys of new
// disks are known once the change is done.
func (p *Policies) record(vm types.ManagedObjectReference, spec *types.VirtualMachineConfigSpec) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if id := policyID(spec.VmProfile); id != "" {
		p.of[pbmtypes.PbmServerObjectRef{ObjectType: "virtualMachine", Key: vm.Value}] = id
	}
	for _, change := range spec.DeviceChange {
		device := change.GetVirtualDeviceConfigSpec()
		disk := pbmtypes.PbmServerObjectRef{ObjectType: "virtualDiskId", Key: fmt.Sprintf("%s:%d", vm.Value, device.Device.GetVirtualDevice().Key)}
		if id := policyID(device.Profile); id != "" {
			p.of[disk] = id
		} else if device.Operation == types.VirtualDeviceConfigSpecOperationRemove {
			delete(p.of, disk)
		}
	}
}

func policyID(profiles []types.BaseVirtualMachineProfileSpec) string {
	for _, profile := range profiles {
		if defined, ok := profile.(*types.VirtualMachineDefinedProfileSpec); ok {
			return defined.ProfileId
		}
	}
	return ""
}
