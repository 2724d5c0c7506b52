package gaps

import (
	"strconv"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// storageManager stands for Storage DRS: it recommends the emptiest datastore
// of a datastore cluster, and does what is asked there. The simulator
// recommends for new machines alone, and applies nothing.
type storageManager struct {
	override
	machines *machine
	mu       sync.Mutex
	last     int
	asked    map[string]placement
}

// placement is what was asked for, and where it was recommended.
type placement struct {
	spec types.StoragePlacementSpec
	on   types.ManagedObjectReference
}

// RecommendDatastores recommends one datastore, and nothing where Storage DRS
// is off.
func (m *storageManager) RecommendDatastores(ctx *simulator.Context, req *types.RecommendDatastores) soap.HasFault {
	result := types.StoragePlacementResult{}
	if pod := podOf(ctx, &req.StorageSpec); pod != nil {
		if on := emptiest(ctx, pod); on != nil {
			result.Recommendations = append(result.Recommendations, m.recommend(pod, placement{req.StorageSpec, *on}))
		}
	}
	return &methods.RecommendDatastoresBody{Res: &types.RecommendDatastoresResponse{Returnval: result}}
}

func (m *storageManager) recommend(pod *simulator.StoragePod, asked placement) types.ClusterRecommendation {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last++
	key := strconv.Itoa(m.last)
	m.asked[key] = asked
	action := &types.StoragePlacementAction{
		ClusterAction: types.ClusterAction{Type: "StoragePlacementV1"},
		Vm:            asked.spec.Vm,
		RelocateSpec:  types.VirtualMachineRelocateSpec{Datastore: &asked.on},
		Destination:   asked.on,
	}
	return types.ClusterRecommendation{
		Key: key, Type: "V1", Rating: 1, Reason: "storagePlacement", ReasonText: "Satisfy storage initial placement requests",
		Target: &pod.Self, Action: []types.BaseClusterAction{action},
	}
}

// ApplyStorageDrsRecommendationTask does what was asked for when the
// recommendation was made.
func (m *storageManager) ApplyStorageDrsRecommendationTask(ctx *simulator.Context, req *types.ApplyStorageDrsRecommendation_Task) soap.HasFault {
	manager := ctx.Map.Get(req.This)
	ref := runTask(ctx, manager, "applyRecommendation", func() (types.AnyType, types.BaseMethodFault) {
		m.mu.Lock()
		asked, known := m.asked[req.Key[0]]
		delete(m.asked, req.Key[0])
		m.mu.Unlock()
		if !known {
			return nil, &types.InvalidArgument{InvalidProperty: "key"}
		}
		vm, fault := m.apply(ctx, asked)
		return types.ApplyStorageRecommendationResult{Vm: vm}, fault
	})
	return &methods.ApplyStorageDrsRecommendation_TaskBody{Res: &types.ApplyStorageDrsRecommendation_TaskResponse{Returnval: ref}}
}

func (m *storageManager) apply(ctx *simulator.Context, asked placement) (*types.ManagedObjectReference, types.BaseMethodFault) {
	spec := asked.spec
	var ref types.ManagedObjectReference
	switch {
	case spec.CloneSpec != nil && spec.Vm != nil && spec.Folder != nil:
		clone := *spec.CloneSpec
		clone.Location.Datastore = &asked.on
		req := &types.CloneVM_Task{This: *spec.Vm, Folder: *spec.Folder, Name: spec.CloneName, Spec: clone}
		ref = m.machines.CloneVMTask(ctx, req).(*methods.CloneVM_TaskBody).Res.Returnval
	case spec.RelocateSpec != nil && spec.Vm != nil:
		relocate := *spec.RelocateSpec
		relocate.Datastore = &asked.on
		ref = m.machines.RelocateVMTask(ctx, &types.RelocateVM_Task{This: *spec.Vm, Spec: relocate}).(*methods.RelocateVM_TaskBody).Res.Returnval
	case spec.ConfigSpec != nil && spec.Vm != nil:
		ref = m.machines.ReconfigVMTask(ctx, &types.ReconfigVM_Task{This: *spec.Vm, Spec: *spec.ConfigSpec}).(*methods.ReconfigVM_TaskBody).Res.Returnval
	default:
		return nil, &types.NotSupported{}
	}
	task := finish(ctx, ref)
	if !succeeded(task) {
		return nil, task.Info.Error.Fault
	}
	if made, ok := task.Info.Result.(types.ManagedObjectReference); ok {
		return &made, nil
	}
	return spec.Vm, nil
}

// podOf is the datastore cluster that a placement names, where Storage DRS is
// on for it.
func podOf(ctx *simulator.Context, spec *types.StoragePlacementSpec) *simulator.StoragePod {
	ref := spec.PodSelectionSpec.StoragePod
	if ref == nil && len(spec.PodSelectionSpec.InitialVmConfig) > 0 {
		ref = &spec.PodSelectionSpec.InitialVmConfig[0].StoragePod
	}
	if ref == nil {
		return nil
	}
	pod, ok := ctx.Map.Get(*ref).(*simulator.StoragePod)
	if !ok || !pod.PodStorageDrsEntry.StorageDrsConfig.PodConfig.Enabled {
		return nil
	}
	return pod
}

func emptiest(ctx *simulator.Context, pod *simulator.StoragePod) *types.ManagedObjectReference {
	var best *types.ManagedObjectReference
	var most int64
	for _, ref := range pod.ChildEntity {
		ds, ok := ctx.Map.Get(ref).(*simulator.Datastore)
		if !ok {
			continue
		}
		var free int64
		ctx.WithLock(ds, func() { free = ds.Summary.FreeSpace })
		if best == nil || free > most {
			best, most = &ds.Self, free
		}
	}
	return best
}
