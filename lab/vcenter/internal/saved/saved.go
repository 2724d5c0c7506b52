// Package saved reads and writes what a vCenter holds as a folder of files, in
// the format of "govc object.save": one object a file, with its properties.
package saved

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

// Inventory is what was saved of a vCenter.
type Inventory struct{ objects []types.ObjectContent }

// fileName is govc's: a number, and the object's type and id.
var fileName = regexp.MustCompile(`^(\d{4,})-\w+-.+\.xml$`)

// The simulator knows a switch under its base type's name only; internal/gaps
// translates it on the wire.
var (
	realSwitch = []byte(`"VmwareDistributedVirtualSwitch"`)
	baseSwitch = []byte(`"DistributedVirtualSwitch"`)
)

// Read reads a folder and checks that it holds all of a vCenter; its error
// joins every violation found.
func Read(dir string) (*Inventory, error) {
	names, err := files(dir)
	if err != nil {
		return nil, err
	}
	inv := new(Inventory)
	var flaws []error
	for _, name := range names {
		content, err := decode(filepath.Join(dir, name))
		if err != nil {
			flaws = append(flaws, fmt.Errorf("%s: %s cannot be read, the save was not complete: %w", dir, name, err))
			continue
		}
		inv.objects = append(inv.objects, content)
	}
	if len(flaws) == 0 {
		flaws = inv.flaws(dir)
	}
	return inv, errors.Join(flaws...)
}

// files lists the objects' files in their order. Folders beside them hold
// answers of single calls, which nothing here asks for.
func files(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("saved inventory: %w", err)
	}
	numbers := make(map[int]string)
	highest := -1
	for _, entry := range entries {
		match := fileName.FindStringSubmatch(entry.Name())
		if match == nil || entry.IsDir() {
			continue
		}
		n, _ := strconv.Atoi(match[1])
		numbers[n] = entry.Name()
		highest = max(highest, n)
	}
	if highest < 0 {
		return nil, fmt.Errorf("%s holds no saved inventory: want a folder that 'govc object.save -d FOLDER' wrote, with 0000-ServiceInstance-ServiceInstance.xml in it", dir)
	}
	names := make([]string, 0, highest+1)
	for n := 0; n <= highest; n++ {
		if numbers[n] == "" {
			return nil, fmt.Errorf("%s: file %04d is missing of %d: save the inventory once more", dir, n, highest+1)
		}
		names = append(names, numbers[n])
	}
	return names, nil
}

func decode(path string) (content types.ObjectContent, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return content, err
	}
	dec := xml.NewDecoder(bytes.NewReader(bytes.ReplaceAll(data, realSwitch, baseSwitch)))
	dec.TypeFunc = types.TypeFunc()
	if err := dec.Decode(&content); err != nil {
		return content, err
	}
	if content.Obj.Value == "" {
		return content, errors.New("no object's properties are in it")
	}
	return content, nil
}

func encode(path string, content types.ObjectContent) error {
	var text bytes.Buffer
	enc := xml.NewEncoder(&text)
	enc.Indent("", "  ")
	if err := enc.Encode(content); err != nil {
		return err
	}
	return os.WriteFile(path, text.Bytes(), 0o600)
}

// Permissions are those of all objects.
func (inv *Inventory) Permissions() []types.Permission {
	var all []types.Permission
	for _, content := range inv.objects {
		if list, ok := valueOf(content, "permission").(types.ArrayOfPermission); ok {
			for _, permission := range list.Permission {
				permission.Entity = &content.Obj
				all = append(all, permission)
			}
		}
	}
	return all
}

// Users are those who have a permission, each once and sorted.
func (inv *Inventory) Users() []string {
	var users []string
	for _, permission := range inv.Permissions() {
		if !permission.Group {
			users = append(users, permission.Principal)
		}
	}
	slices.Sort(users)
	return slices.Compact(users)
}

func valueOf(content types.ObjectContent, name string) types.AnyType {
	for _, p := range content.PropSet {
		if p.Name == name {
			return p.Val
		}
	}
	return nil
}

func isWhole(content types.ObjectContent) bool { return content.Obj == vim25.ServiceInstance }
