// Package inventory reads the description of the vCenter that a city already
// has before anything is deployed: clusters, hosts, datastores and templates.
package inventory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// Inventory is one vCenter as its owners hand it over.
type Inventory struct {
	Datacenter       string           `json:"datacenter"`
	Clusters         []Cluster        `json:"clusters"`
	PhysicalAdapters []string         `json:"physicalAdapters"`
	Templates        []Template       `json:"templates"`
	Principals       []Principal      `json:"principals"`
	Switches         []Switch         `json:"switches"`
	Machines         []Machine        `json:"machines"`
	StoragePolicies  []string         `json:"storagePolicies"`
	Libraries        []Library        `json:"libraries"`
	StorageClusters  []StorageCluster `json:"storageClusters"`
}

// StorageCluster is a datastore cluster, with Storage DRS, of datastores of
// one cluster.
type StorageCluster struct {
	Name       string   `json:"name"`
	Datastores []string `json:"datastores"`
}

// Cluster is a set of equal hosts that share its datastores.
type Cluster struct {
	Name             string   `json:"name"`
	Hosts            []string `json:"hosts"`
	Datastores       []string `json:"datastores"`
	CoresPerHost     int      `json:"coresPerHost"`
	MemoryGibPerHost int      `json:"memoryGibPerHost"`
}

// Template is an image that desktops are cloned from.
type Template struct {
	Name      string `json:"name"`
	GuestID   string `json:"guestId"`
	DiskGib   int    `json:"diskGib"`
	Firmware  string `json:"firmware"`
	Tpm       bool   `json:"tpm"`
	Snapshot  string `json:"snapshot"` // its one snapshot; empty is none
	Cluster   string `json:"cluster"`
	Datastore string `json:"datastore"`
}

// Switch is a distributed switch that is there already; every host has joined
// it with every physical adapter.
type Switch struct {
	Name         string        `json:"name"`
	Mtu          int32         `json:"mtu"`
	PrivateVlans []PrivateVlan `json:"privateVlans"`
}

// PrivateVlan is one entry of a switch's map, in vSphere's words.
type PrivateVlan struct {
	Primary   int32  `json:"primary"`
	Secondary int32  `json:"secondary"`
	Type      string `json:"type"`
}

// Machine is a machine that somebody made by hand before any deployment. It
// runs.
type Machine struct {
	Name      string `json:"name"`
	Folder    string `json:"folder"` // path below the datacenter's machine folder; empty is that folder
	Cluster   string `json:"cluster"`
	Datastore string `json:"datastore"`
	Network   string `json:"network"` // a standard port group, made where it is missing; empty is "VM Network"
	Cpus      int32  `json:"cpus"`
	// CoresPerSocket divides Cpus; 0 is one.
	CoresPerSocket int32  `json:"coresPerSocket"`
	MemoryMib      int64  `json:"memoryMib"`
	GuestID        string `json:"guestId"`
	Firmware       string `json:"firmware"`
	DisksGib       []int  `json:"disksGib"`
}

// path is the machine's own below the datacenter's machine folder: a name may
// stand in several folders.
func (m Machine) path() string { return strings.Trim(path.Join(m.Folder, m.Name), "/") }

// Library is a content library of VM templates.
type Library struct {
	Name  string        `json:"name"`
	Items []LibraryItem `json:"items"`
}

// LibraryItem is a VM template in a library, made from one of the templates.
type LibraryItem struct {
	Name     string `json:"name"`
	Template string `json:"template"`
}

// Principal is a user or a group of the directory that permissions may name.
type Principal struct {
	Name  string `json:"name"`
	Group bool   `json:"group"`
}

// Load reads an inventory file; its error joins every violation found.
func Load(path string) (*Inventory, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	return Parse(data)
}

// Parse decodes and checks an inventory. Unknown fields are errors: a field
// that is silently dropped would rehearse something else than the city asked.
func Parse(data []byte) (*Inventory, error) {
	unknown, err := unknownFields(data)
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	inv := new(Inventory)
	if err := json.Unmarshal(data, inv); err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	violations := append(unknown, inv.violations()...)
	return inv, errors.Join(violations...)
}

// unknownFields lists every key that no field stands for. The decoder's own
// strict mode stops at the first one.
func unknownFields(data []byte) ([]error, error) {
	var given any
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&given); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return diff("", given, shape()), nil
}
