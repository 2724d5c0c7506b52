package gaps_test

import (
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"

	"postazioni/lab/vcenter/internal/saved"
	"postazioni/lab/vcenter/internal/vctest"
)

func TestNewAttributeOfSavedVcenterHasAKeyOfItsOwn(t *testing.T) {
	v := vctest.Start(t)
	first, err := object.NewCustomFieldsManager(v.Client.Client).Add(v.Ctx, "backup", "VirtualMachine", nil, nil)
	v.OK(err)
	folder := t.TempDir() + "/saved"
	_, err = saved.Save(v.Ctx, v.Client.Client, folder)
	v.OK(err)
	v = vctest.StartSaved(t, folder)
	manager := object.NewCustomFieldsManager(v.Client.Client)
	second, err := manager.Add(v.Ctx, "project", "VirtualMachine", nil, nil)
	v.OK(err)
	if second.Key <= first.Key {
		t.Errorf("the second has key %d, the first %d", second.Key, first.Key)
	}
	if _, err = manager.Add(v.Ctx, "backup", "VirtualMachine", nil, nil); err == nil {
		t.Error("a name was given twice")
	}
	vm := v.Clone("seat", "vdi-a", "vsan-a")
	v.OK(manager.Set(v.Ctx, vm.Reference(), second.Key, "MI6"))
	values := vctest.Get[mo.VirtualMachine](v, vm.Reference(), "customValue").CustomValue
	if len(values) != 1 || values[0].GetCustomFieldValue().Key != second.Key {
		t.Errorf("values: %+v", values)
	}
}
