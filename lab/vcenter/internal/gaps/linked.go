package gaps

import (
	"path"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

type diskBacking = types.VirtualDiskFlatVer2BackingInfo

// sharedDisks are the backings that a clone shares with its source, by the
// keys of their disks: with createNewChildDiskBacking those of the snapshot,
// wherever they are; with moveAllDiskBackingsAndAllowSharing all but the last
// of the source's own, where they are on the clone's datastore. vCenter does
// both; the simulator makes every clone a full one. Empty for a full clone.
func sharedDisks(ctx *simulator.Context, source *simulator.VirtualMachine, spec *types.VirtualMachineCloneSpec) map[int32]*diskBacking {
	shared := make(map[int32]*diskBacking)
	switch types.VirtualMachineRelocateDiskMoveOptions(spec.Location.DiskMoveType) {
	case types.VirtualMachineRelocateDiskMoveOptionsCreateNewChildDiskBacking:
		if spec.Snapshot == nil {
			return shared
		}
		if snapshot, ok := ctx.Map.Get(*spec.Snapshot).(*simulator.VirtualMachineSnapshot); ok {
			eachDisk(snapshot.Config.Hardware.Device, func(key int32, backing *diskBacking) { shared[key] = backing })
		}
	case types.VirtualMachineRelocateDiskMoveOptionsMoveAllDiskBackingsAndAllowSharing:
		on := placeOf(ctx, source, spec)
		eachDisk(source.Config.Hardware.Device, func(key int32, backing *diskBacking) {
			if backing.Parent != nil && on != nil && storeOf(backing.Parent.FileName) == on.Name {
				shared[key] = backing.Parent
			}
		})
	}
	return shared
}

// link gives a clone's disks the backings that it shares: the clone writes
// into its own files.
func link(ctx *simulator.Context, ref types.ManagedObjectReference, shared map[int32]*diskBacking) {
	clone := ctx.Map.Get(ref).(*simulator.VirtualMachine)
	ctx.WithLock(clone, func() {
		eachDisk(clone.Config.Hardware.Device, func(key int32, backing *diskBacking) {
			if parent, ok := shared[key]; ok {
				copied := *parent
				backing.Parent = &copied
			}
		})
	})
}

// unlink ends the sharing of a disk that went to another datastore: unless the
// call says otherwise, vCenter takes all that the disk holds along.
func unlink(backing *diskBacking) {
	if backing.Parent != nil && folderOf(backing.Parent.FileName) != folderOf(backing.FileName) {
		backing.Parent = nil
	}
}

func eachDisk(devices []types.BaseVirtualDevice, do func(key int32, backing *diskBacking)) {
	for _, device := range devices {
		disk, ok := device.(*types.VirtualDisk)
		if !ok {
			continue
		}
		if backing, ok := disk.Backing.(*diskBacking); ok {
			do(disk.Key, backing)
		}
	}
}

func storeOf(file string) string {
	var parsed object.DatastorePath
	parsed.FromString(file)
	return parsed.Datastore
}

func folderOf(file string) string {
	var parsed object.DatastorePath
	parsed.FromString(file)
	return path.Dir(parsed.Path)
}
