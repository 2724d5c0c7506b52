package inventory

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

func shape() reflect.Type { return reflect.TypeFor[Inventory]() }

// diff walks a decoded JSON value beside the type it is meant for and reports
// every key that the type lacks. Wrong kinds are left to the decoder.
func diff(path string, given any, want reflect.Type) []error {
	switch value := given.(type) {
	case map[string]any:
		return diffObject(path, value, want)
	case []any:
		var errs []error
		for i, item := range value {
			if want.Kind() == reflect.Slice {
				errs = append(errs, diff(fmt.Sprintf("%s[%d]", path, i), item, want.Elem())...)
			}
		}
		return errs
	}
	return nil
}

func diffObject(path string, object map[string]any, want reflect.Type) []error {
	if want.Kind() != reflect.Struct {
		return nil
	}
	known := fields(want)
	var errs []error
	for _, key := range sortedKeys(object) {
		at := strings.TrimPrefix(path+"."+key, ".")
		if field, ok := known[key]; ok {
			errs = append(errs, diff(at, object[key], field)...)
		} else {
			errs = append(errs, fmt.Errorf("inventory: %s: unknown field; known here: %s", at, strings.Join(sortedKeys(known), ", ")))
		}
	}
	return errs
}

func fields(t reflect.Type) map[string]reflect.Type {
	known := make(map[string]reflect.Type)
	for i := range t.NumField() {
		known[t.Field(i).Tag.Get("json")] = t.Field(i).Type
	}
	return known
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
