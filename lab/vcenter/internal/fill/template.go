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

// template creates a machine and marks it as a template.
func (f *filler) template(ctx context.Context, t inventory.Template, pool *object.ResourcePool) error {
	vm, err := f.createMachine(ctx, f.folders.VmFolder, pool, hardware{
		name: t.Name, guestID: t.GuestID, firmware: t.Firmware, datastore: t.Datastore, network: defaultNetwork,
		cpus: templateCpus, memoryMib: templateMib, disksGib: []int{t.DiskGib}, tpm: t.Tpm,
	})
	if err != nil {
		return err
	}
	return vm.MarkAsTemplate(ctx)
}
