package gaps

import (
	"reflect"

	"github.com/vmware/govmomi/vim25/types"
)

// kept are fields that a change names only to prove that it knows the current
// state, or that are told apart from a change (hosts are joined one by one).
var kept = map[string]bool{"ConfigVersion": true, "Host": true}

// merge copies every field that src sets to the field of dst that has the same
// name and type: vCenter's own rule for a specification, which says nothing of
// what it leaves out.
func merge(dst, src any) {
	to, from := reflect.ValueOf(dst).Elem(), reflect.ValueOf(src).Elem()
	for i := range from.NumField() {
		field, value := from.Type().Field(i), from.Field(i)
		if field.Anonymous || kept[field.Name] || value.IsZero() {
			continue
		}
		copyInto(to.FieldByName(field.Name), value)
	}
}

// copyInto sets a field that is there; a specification has some fields as
// pointers, to be able to leave them out, where the state has plain values.
func copyInto(to, value reflect.Value) {
	switch {
	case !to.IsValid():
	case to.Type() == value.Type():
		to.Set(value)
	case value.Kind() == reflect.Pointer && to.Type() == value.Type().Elem():
		to.Set(value.Elem())
	}
}

// mergeSetting is a port's settings after a change that names some of them.
// The order of uplinks is part of a policy that is sent without it.
func mergeSetting(current, change types.BaseDVPortSetting) types.BaseDVPortSetting {
	old, ok := current.(*types.VMwareDVSPortSetting)
	update, known := change.(*types.VMwareDVSPortSetting)
	if !ok || !known {
		return change
	}
	merged := *old
	merge(&merged.DVPortSetting, &update.DVPortSetting)
	merge(&merged, update)
	before, after := old.UplinkTeamingPolicy, merged.UplinkTeamingPolicy
	if before != nil && after != nil && after.UplinkPortOrder == nil {
		after.UplinkPortOrder = before.UplinkPortOrder
	}
	return &merged
}
