package inventory

import (
	"fmt"
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// checker collects violations, so that a caller sees all of them at once.
type checker struct{ errs []error }

func (c *checker) require(ok bool, format string, args ...any) {
	if !ok {
		c.errs = append(c.errs, fmt.Errorf("inventory: "+format, args...))
	}
}

func (c *checker) unique(what string, names []string) {
	for i, name := range names {
		c.require(name != "", "%s[%d]: the name is empty", what, i)
		c.require(name == "" || !slices.Contains(names[:i], name), "%s[%d]: %q stands twice", what, i, name)
	}
}

func (inv *Inventory) violations() []error {
	c := new(checker)
	c.require(inv.Datacenter != "", "datacenter: missing")
	c.require(len(inv.Clusters) > 0, "clusters: at least one is needed")
	c.unique("clusters", names(inv.Clusters, func(x Cluster) string { return x.Name }))
	c.unique("templates", names(inv.Templates, func(x Template) string { return x.Name }))
	c.unique("principals", names(inv.Principals, func(x Principal) string { return x.Name }))
	c.unique("switches", names(inv.Switches, func(x Switch) string { return x.Name }))
	c.unique("machines", names(inv.Machines, Machine.path))
	c.unique("libraries", names(inv.Libraries, func(x Library) string { return x.Name }))
	c.unique("storageClusters", names(inv.StorageClusters, func(x StorageCluster) string { return x.Name }))
	c.unique("physicalAdapters", inv.PhysicalAdapters)
	c.unique("storagePolicies", inv.StoragePolicies)
	inv.checkClusters(c)
	inv.checkStorageClusters(c)
	for _, template := range inv.Templates {
		inv.checkTemplate(c, template)
	}
	for _, machine := range inv.Machines {
		inv.checkMachine(c, machine)
	}
	for _, library := range inv.Libraries {
		inv.checkLibrary(c, library)
	}
	for _, s := range inv.Switches {
		inv.checkSwitch(c, s)
	}
	return c.errs
}

func (inv *Inventory) checkSwitch(c *checker, s Switch) {
	at := fmt.Sprintf("switches[name=%s]", s.Name)
	c.require(len(inv.PhysicalAdapters) > 0, "%s: no physicalAdapters to join it with", at)
	c.require(s.Mtu >= 1280 && s.Mtu <= 9000, "%s.mtu: %d is not from 1280 to 9000", at, s.Mtu)
	for i, vlan := range s.PrivateVlans {
		kinds := []string{"promiscuous", "isolated", "community"}
		c.require(slices.Contains(kinds, vlan.Type), "%s.privateVlans[%d].type: %q is none of %v", at, i, vlan.Type, kinds)
	}
}

func (inv *Inventory) checkClusters(c *checker) {
	var hosts []string
	for _, cluster := range inv.Clusters {
		at := fmt.Sprintf("clusters[name=%s]", cluster.Name)
		c.require(len(cluster.Hosts) > 0, "%s.hosts: at least one is needed", at)
		c.require(len(cluster.Datastores) > 0, "%s.datastores: at least one is needed", at)
		c.require(cluster.CoresPerHost > 0, "%s.coresPerHost: %d is not above 0", at, cluster.CoresPerHost)
		c.require(cluster.MemoryGibPerHost > 0, "%s.memoryGibPerHost: %d is not above 0", at, cluster.MemoryGibPerHost)
		c.unique(at+".datastores", cluster.Datastores)
		hosts = append(hosts, cluster.Hosts...)
	}
	c.unique("hosts", hosts)
}

func (inv *Inventory) checkStorageClusters(c *checker) {
	var known, members []string
	for _, cluster := range inv.Clusters {
		known = append(known, cluster.Datastores...)
	}
	for _, storage := range inv.StorageClusters {
		at := fmt.Sprintf("storageClusters[name=%s].datastores", storage.Name)
		c.require(len(storage.Datastores) > 0, "%s: at least one is needed", at)
		for i, name := range storage.Datastores {
			c.require(slices.Contains(known, name), "%s[%d]: no cluster has %q", at, i, name)
		}
		members = append(members, storage.Datastores...)
	}
	c.unique("datastores of storageClusters", members)
}

func (inv *Inventory) checkTemplate(c *checker, t Template) {
	at := fmt.Sprintf("templates[name=%s]", t.Name)
	c.require(t.DiskGib > 0, "%s.diskGib: %d is not above 0", at, t.DiskGib)
	checkGuest(c, at, t.GuestID, t.Firmware)
	inv.checkPlace(c, at, t.Cluster, t.Datastore)
}

func (inv *Inventory) checkMachine(c *checker, m Machine) {
	at := fmt.Sprintf("machines[name=%s]", m.Name)
	c.require(m.Name != "", "%s.name: missing", at)
	c.require(m.Cpus > 0, "%s.cpus: %d is not above 0", at, m.Cpus)
	c.require(m.MemoryMib > 0, "%s.memoryMib: %d is not above 0", at, m.MemoryMib)
	c.require(len(m.DisksGib) > 0, "%s.disksGib: at least one is needed", at)
	for i, gib := range m.DisksGib {
		c.require(gib > 0, "%s.disksGib[%d]: %d is not above 0", at, i, gib)
	}
	checkGuest(c, at, m.GuestID, m.Firmware)
	inv.checkPlace(c, at, m.Cluster, m.Datastore)
}

func (inv *Inventory) checkLibrary(c *checker, l Library) {
	at := fmt.Sprintf("libraries[name=%s].items", l.Name)
	templates := names(inv.Templates, func(x Template) string { return x.Name })
	c.unique(at, names(l.Items, func(x LibraryItem) string { return x.Name }))
	for i, item := range l.Items {
		c.require(slices.Contains(templates, item.Template), "%s[%d].template: no template %q", at, i, item.Template)
	}
}

func checkGuest(c *checker, at, guestID, firmware string) {
	c.require(knownGuest(guestID), "%s.guestId: vCenter knows no %q", at, guestID)
	c.require(firmware == "efi" || firmware == "bios", "%s.firmware: %q is neither \"efi\" nor \"bios\"", at, firmware)
}

func (inv *Inventory) checkPlace(c *checker, at, cluster, datastore string) {
	i := slices.IndexFunc(inv.Clusters, func(cl Cluster) bool { return cl.Name == cluster })
	c.require(i >= 0, "%s.cluster: no cluster %q", at, cluster)
	if i >= 0 {
		c.require(slices.Contains(inv.Clusters[i].Datastores, datastore), "%s.datastore: cluster %q has no %q", at, cluster, datastore)
	}
}

func knownGuest(id string) bool {
	return slices.Contains(simulator.GuestID, types.VirtualMachineGuestOsIdentifier(id))
}

func names[T any](items []T, name func(T) string) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = name(item)
	}
	return out
}
