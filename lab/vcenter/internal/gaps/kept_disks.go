package gaps

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// DestroyTask leaves the disks in the machine's folder that were detached from
// it before, which is what keep_on_remove promises: vCenter deletes the
// machine's own files. The simulator deletes the folder with all that is in it.
func (*machine) DestroyTask(ctx *simulator.Context, req *types.Destroy_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	var folder string
	var kept []string
	ctx.WithLock(vm, func() {
		if folder = folderOnDisk(ctx, vm); folder != "" {
			kept = detachedDisks(folder, vm)
		}
	})
	aside := folder + ".kept"
	move(kept, folder, aside)
	body := vm.DestroyTask(ctx, req).(*methods.Destroy_TaskBody)
	finish(ctx, body.Res.Returnval)
	move(kept, aside, folder)
	return body
}

// folderOnDisk is where the simulator keeps a machine's files; empty where the
// machine has lost the datastore.
func folderOnDisk(ctx *simulator.Context, vm *simulator.VirtualMachine) string {
	var at object.DatastorePath
	at.FromString(vm.Config.Files.LogDirectory)
	for _, ref := range vm.Datastore {
		if store := ctx.Map.Get(ref).(*simulator.Datastore); store.Name == at.Datastore {
			return filepath.Join(store.Summary.Url, at.Path)
		}
	}
	return ""
}

// detachedDisks are the files of disks in a folder that the machine has not.
func detachedDisks(folder string, vm *simulator.VirtualMachine) []string {
	own := []string{}
	for _, device := range object.VirtualDeviceList(vm.Config.Hardware.Device).SelectByType((*types.VirtualDisk)(nil)) {
		if backing, ok := device.GetVirtualDevice().Backing.(types.BaseVirtualDeviceFileBackingInfo); ok {
			own = append(own, filepath.Base(backing.GetVirtualDeviceFileBackingInfo().FileName))
		}
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*.vmdk"))
	var detached []string
	for _, file := range files {
		name := filepath.Base(file)
		if !slices.Contains(own, strings.Replace(name, "-flat.vmdk", ".vmdk", 1)) {
			detached = append(detached, name)
		}
	}
	return detached
}

// move takes files from one folder to another, which it makes, and leaves no
// empty folder behind.
func move(names []string, from, to string) {
	if len(names) == 0 {
		return
	}
	_ = os.MkdirAll(to, 0o700)
	for _, name := range names {
		_ = os.Rename(filepath.Join(from, name), filepath.Join(to, name))
	}
	_ = os.Remove(from)
}
