package fill

import (
	"context"

	"github.com/vmware/govmomi/object"

	"postazioni/lab/vcenter/internal/inventory"
)

const (
	templateCpus = 2
	templateMib  = 4096
)

// template creates a machine, takes its snapshot if it has one, and marks it
// as a template.
func (f *filler) template(ctx context.Context, t inventory.Template, pool *object.ResourcePool) error {
	vm, err := f.createMachine(ctx, f.folders.VmFolder, pool, hardware{
		name: t.Name, guestID: t.GuestID, firmware: t.Firmware, datastore: t.Datastore, network: defaultNetwork,
		cpus: templateCpus, memoryMib: templateMib, disksGib: []int{t.DiskGib}, tpm: t.Tpm,
	})
	if err != nil {
		return err
	}
	if t.Snapshot != "" {
		task, err := vm.CreateSnapshot(ctx, t.Snapshot, "", false, false)
		if err != nil {
			return err
		}
		if _, err := result(ctx, task); err != nil {
			return err
		}
	}
	return vm.MarkAsTemplate(ctx)
}
