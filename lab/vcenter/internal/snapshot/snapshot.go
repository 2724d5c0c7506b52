// Package snapshot tells what stands in a vCenter, over its ordinary API, in a
// form that two moments can be compared by: names in place of references, all
// lists sorted.
package snapshot

// Snapshot is one moment of a vCenter.
type Snapshot struct {
	Folders             []string         `json:"folders"`
	ResourcePools       []ResourcePool   `json:"resourcePools"`
	Clusters            []Cluster        `json:"clusters"`
	DistributedSwitches []Switch         `json:"distributedSwitches"`
	PortGroups          []PortGroup      `json:"portGroups"`
	Templates           []Machine        `json:"templates"`
	VirtualMachines     []Machine        `json:"virtualMachines"`
	TagCategories       []TagCategory    `json:"tagCategories"`
	Tags                []Tag            `json:"tags"`
	TaggedObjects       []TaggedObject   `json:"taggedObjects"`
	CustomAttributes    []CustomField    `json:"customAttributes"`
	Roles               []Role           `json:"roles"`
	Permissions         []Permission     `json:"permissions"`
	ContentLibraries    []ContentLibrary `json:"contentLibraries"`
}

// ResourcePool is one pool; a cluster's own root pool is named Resources.
type ResourcePool struct {
	Path                 string `json:"path"`
	CPUReservationMhz    int64  `json:"cpuReservationMhz"`
	MemoryReservationMib int64  `json:"memoryReservationMib"`
	CPUShares            Shares `json:"cpuShares"`
	MemoryShares         Shares `json:"memoryShares"`
}

// Shares are a level, and how many: vCenter's own number where the level is
// not custom.
type Shares struct {
	Level  string `json:"level"`
	Shares int32  `json:"shares"`
}

// Cluster is one cluster with what binds machines to hosts.
type Cluster struct {
	Name       string     `json:"name"`
	Hosts      []string   `json:"hosts"`
	VMGroups   []Group    `json:"vmGroups"`
	HostGroups []Group    `json:"hostGroups"`
	Rules      []Rule     `json:"rules"`
	Overrides  []Override `json:"overrides"`
}

// Override is what vSphere HA and DRS do with one machine otherwise than with
// the others of its cluster.
type Override struct {
	Machine         string `json:"machine"`
	RestartPriority string `json:"restartPriority,omitempty"`
	AutomationLevel string `json:"automationLevel,omitempty"`
}

// Group is a named set of machines or of hosts.
type Group struct {
	Name    string   `json:"name"`
	Members []string `json:"members"`
}

// Rule is an affinity, antiAffinity, vmHost or other rule of a cluster.
type Rule struct {
	Name                string   `json:"name"`
	Type                string   `json:"type"`
	Enabled             bool     `json:"enabled"`
	Mandatory           bool     `json:"mandatory"`
	Members             []string `json:"members,omitempty"`
	VMGroup             string   `json:"vmGroup,omitempty"`
	AffineHostGroup     string   `json:"affineHostGroup,omitempty"`
	AntiAffineHostGroup string   `json:"antiAffineHostGroup,omitempty"`
}

// Switch is one distributed switch.
type Switch struct {
	Name         string        `json:"name"`
	Mtu          int32         `json:"mtu"`
	Uplinks      []string      `json:"uplinks"`
	Hosts        []SwitchHost  `json:"hosts"`
	PrivateVlans []PrivateVlan `json:"privateVlans"`
}

// SwitchHost is a host that takes part in a switch, with its own adapters.
type SwitchHost struct {
	Name    string   `json:"name"`
	Devices []string `json:"devices"`
}

// PrivateVlan is promiscuous, isolated or community.
type PrivateVlan struct {
	Primary   int32  `json:"primary"`
	Secondary int32  `json:"secondary"`
	Type      string `json:"type"`
}

// PortGroup has a VLAN, a private secondary VLAN, or neither (a trunk).
type PortGroup struct {
	Name            string `json:"name"`
	Switch          string `json:"switch"`
	Uplink          bool   `json:"uplink"`
	Vlan            *int32 `json:"vlan,omitempty"`
	PrivateVlan     *int32 `json:"privateVlan,omitempty"`
	Promiscuous     bool   `json:"promiscuous"`
	ForgedTransmits bool   `json:"forgedTransmits"`
	MacChanges      bool   `json:"macChanges"`
	NumPorts        int32  `json:"numPorts"`
}

// Machine is a machine or a template.
type Machine struct {
	Name             string            `json:"name"`
	Folder           string            `json:"folder"`
	ResourcePool     string            `json:"resourcePool,omitempty"`
	Host             string            `json:"host,omitempty"`
	Datastores       []string          `json:"datastores"`
	GuestID          string            `json:"guestId"`
	Cpus             int32             `json:"cpus"`
	MemoryMib        int32             `json:"memoryMib"`
	ReservedMib      int64             `json:"memoryReservationMib"`
	Firmware         string            `json:"firmware"`
	SecureBoot       bool              `json:"secureBoot"`
	Vtpm             bool              `json:"vtpm"`
	Disks            []Disk            `json:"disks"`
	Networks         []string          `json:"networks"`
	Adapters         []Adapter         `json:"adapters"`
	HostName         string            `json:"hostName,omitempty"`
	Guestinfo        map[string]string `json:"guestinfo"`
	Svga             map[string]string `json:"svga"`
	Tags             []string          `json:"tags"`
	Annotation       string            `json:"annotation"`
	CustomAttributes map[string]string `json:"customAttributes"`
	InstanceUUID     string            `json:"instanceUuid"`
	PowerState       string            `json:"powerState"`
	// BootTime is when it was last started; a restart changes it.
	BootTime string `json:"bootTime,omitempty"`
}

// Adapter is one network adapter, in the order of the machine's devices.
type Adapter struct {
	Network    string `json:"network"`
	MacAddress string `json:"macAddress"`
}

// Disk is one virtual disk; the label is vCenter's, not Terraform's, and the
// file is its path with the datastore.
type Disk struct {
	Label string `json:"label"`
	Gib   int64  `json:"gib"`
	File  string `json:"file"`
	// Parent is the file above it, of a snapshot or of a linked clone's source.
	Parent string `json:"parent,omitempty"`
}

// TagCategory says how many of its tags one object may bear, and which types.
type TagCategory struct {
	Name        string   `json:"name"`
	Cardinality string   `json:"cardinality"`
	Types       []string `json:"types"`
}

// Tag belongs to a category.
type Tag struct {
	Category string `json:"category"`
	Name     string `json:"name"`
}

// TaggedObject is anything but a machine that bears tags; machines have theirs.
type TaggedObject struct {
	Path string   `json:"path"`
	Tags []string `json:"tags"`
}

// CustomField is the definition of a custom attribute.
type CustomField struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Role is a role that is not vCenter's own.
type Role struct {
	Name       string   `json:"name"`
	Privileges []string `json:"privileges"`
}

// Permission gives a principal a role on an object.
type Permission struct {
	Entity    string `json:"entity"`
	Principal string `json:"principal"`
	Role      string `json:"role"`
	Group     bool   `json:"group"`
	Propagate bool   `json:"propagate"`
}

// ContentLibrary is a library, without its items.
type ContentLibrary struct {
	Name string `json:"name"`
	Type string `json:"type"`
}
