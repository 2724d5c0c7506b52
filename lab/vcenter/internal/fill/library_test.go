package fill_test

import (
	"testing"

	"github.com/vmware/govmomi/vapi/library"

	"postazioni/lab/vcenter/internal/inventory"
	"postazioni/lab/vcenter/internal/vctest"
)

func TestLibraryHasItsItems(t *testing.T) {
	inv := vctest.Inventory()
	inv.Libraries = []inventory.Library{{Name: "golden", Items: []inventory.LibraryItem{{Name: "win11-2026-10", Template: "win11"}}}}
	v := vctest.StartWith(t, inv)
	manager := library.NewManager(v.REST())
	found, err := manager.GetLibraryByName(v.Ctx, "golden")
	v.OK(err)
	items, err := manager.GetLibraryItems(v.Ctx, found.ID)
	v.OK(err)
	if len(items) != 1 || items[0].Name != "win11-2026-10" || items[0].Type != library.ItemTypeVMTX {
		t.Errorf("items: %+v", items)
	}
}
