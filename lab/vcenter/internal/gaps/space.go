package gaps

import (
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// space keeps what machines take of datastores. vCenter refuses a clone whose
// files do not fit: of a thin disk what the template's one holds, of a thick
// one all of it. The simulator asks for no space, and takes the whole size of a
// thin disk too, so that a datastore seemed fuller than it was.
type space struct {
	mu    sync.Mutex
	free  map[types.ManagedObjectReference]int64
	taken map[types.ManagedObjectReference]share
}

// share is what a machine takes of a datastore.
type share struct {
	of    types.ManagedObjectReference
	bytes int64
}

func newSpace() *space {
	return &space{free: make(map[types.ManagedObjectReference]int64), taken: make(map[types.ManagedObjectReference]share)}
}

// reserve takes space before a clone is made: others may be under way.
func (s *space) reserve(ctx *simulator.Context, ds *simulator.Datastore, bytes int64) types.BaseMethodFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.free[ds.Self]; !known {
		ctx.WithLock(ds, func() { s.free[ds.Self] = ds.Summary.FreeSpace })
	}
	if bytes > s.free[ds.Self] {
		return &types.NoDiskSpace{FileFault: types.FileFault{File: "[" + ds.Name + "]"}, Datastore: ds.Name}
	}
	s.free[ds.Self] -= bytes
	return nil
}

// keep notes whose the reserved space is; without a machine it is free again.
func (s *space) keep(ctx *simulator.Context, vm *types.ManagedObjectReference, of share) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if vm == nil {
		s.free[of.of] += of.bytes
	} else {
		s.taken[*vm] = of
	}
	s.tell(ctx, of.of)
}

// release gives back what a machine took that goes.
func (s *space) release(ctx *simulator.Context, vm types.ManagedObjectReference) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of, known := s.taken[vm]; known {
		delete(s.taken, vm)
		s.free[of.of] += of.bytes
		s.tell(ctx, of.of)
	}
}

// tell corrects what the simulator reckoned.
func (s *space) tell(ctx *simulator.Context, ref types.ManagedObjectReference) {
	if ds, ok := ctx.Map.Get(ref).(*simulator.Datastore); ok {
		ctx.WithLock(ds, func() {
			ds.Summary.FreeSpace = s.free[ref]
			ds.Info.GetDatastoreInfo().FreeSpace = s.free[ref]
		})
	}
}

// cloneSize is what a clone of a template takes at once: nothing of disks that
// it shares.
func cloneSize(template *simulator.VirtualMachine, spec *types.VirtualMachineCloneSpec, shared map[int32]*diskBacking) int64 {
	held := make(map[int32]int64)
	if layout := template.LayoutEx; layout != nil {
		size := make(map[int32]int64)
		for _, file := range layout.File {
			size[file.Key] = file.Size
		}
		for _, disk := range layout.Disk {
			for _, unit := range disk.Chain {
				for _, key := range unit.FileKey {
					held[disk.Key] += size[key]
				}
			}
		}
	}
	var sum int64
	for _, device := range template.Config.Hardware.Device {
		if disk, ok := device.(*types.VirtualDisk); ok && shared[disk.Key] == nil {
			if isThin(disk, spec) {
				sum += held[disk.Key]
			} else {
				sum += max(disk.CapacityInBytes, disk.CapacityInKB<<10)
			}
		}
	}
	return sum
}

// isThin tells how a clone's disk is made: as the call says, else as the
// template's own.
func isThin(disk *types.VirtualDisk, spec *types.VirtualMachineCloneSpec) bool {
	for _, locator := range spec.Location.Disk {
		if backing, ok := locator.DiskBackingInfo.(*types.VirtualDiskFlatVer2BackingInfo); ok && locator.DiskId == disk.Key && backing.ThinProvisioned != nil {
			return *backing.ThinProvisioned
		}
	}
	backing, ok := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
	return ok && backing.ThinProvisioned != nil && *backing.ThinProvisioned
}

// placeOf is the datastore that a clone goes to.
func placeOf(ctx *simulator.Context, template *simulator.VirtualMachine, spec *types.VirtualMachineCloneSpec) *simulator.Datastore {
	ref := spec.Location.Datastore
	if ref == nil && len(template.Datastore) > 0 {
		ref = &template.Datastore[0]
	}
	if ref == nil {
		return nil
	}
	ds, _ := ctx.Map.Get(*ref).(*simulator.Datastore)
	return ds
}
