package snapshot

import (
	"cmp"
	"slices"
)

// sort orders every list, and makes an empty one out of a missing one: a
// reader never has to ask whether there is a list.
func (s *Snapshot) sort() {
	order(&s.Folders, func(x string) string { return x })
	order(&s.ResourcePools, func(x ResourcePool) string { return x.Path })
	order(&s.Clusters, func(x Cluster) string { return x.Name })
	order(&s.DistributedSwitches, func(x Switch) string { return x.Name })
	order(&s.PortGroups, func(x PortGroup) string { return x.Switch + "\x00" + x.Name })
	order(&s.Templates, func(x Machine) string { return x.Folder + "\x00" + x.Name })
	order(&s.VirtualMachines, func(x Machine) string { return x.Folder + "\x00" + x.Name })
	order(&s.TagCategories, func(x TagCategory) string { return x.Name })
	order(&s.Tags, func(x Tag) string { return x.Category + "\x00" + x.Name })
	order(&s.TaggedObjects, func(x TaggedObject) string { return x.Path })
	order(&s.CustomAttributes, func(x CustomField) string { return x.Name })
	order(&s.Roles, func(x Role) string { return x.Name })
	order(&s.Permissions, func(x Permission) string { return x.Entity + "\x00" + x.Principal + "\x00" + x.Role })
	order(&s.ContentLibraries, func(x ContentLibrary) string { return x.Name })
	for i := range s.Clusters {
		c := &s.Clusters[i]
		order(&c.VMGroups, func(x Group) string { return x.Name })
		order(&c.HostGroups, func(x Group) string { return x.Name })
		order(&c.Rules, func(x Rule) string { return x.Name })
		order(&c.Overrides, func(x Override) string { return x.Machine })
	}
	for i := range s.DistributedSwitches {
		order(&s.DistributedSwitches[i].Hosts, func(x SwitchHost) string { return x.Name })
		slices.SortFunc(s.DistributedSwitches[i].PrivateVlans, func(a, b PrivateVlan) int {
			return cmp.Or(cmp.Compare(a.Primary, b.Primary), cmp.Compare(a.Secondary, b.Secondary))
		})
	}
}

func order[T any](list *[]T, key func(T) string) {
	if *list == nil {
		*list = []T{}
	}
	slices.SortStableFunc(*list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}
