package snapshot

import (
	"context"
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vapi/library"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25"
)

func (s *Snapshot) addTags(ctx context.Context, c *rest.Client, in *index) error {
	manager := tags.NewManager(c)
	categories, err := manager.GetCategories(ctx)
	if err != nil {
		return err
	}
	names := make(map[string]string)
	for _, category := range categories {
		names[category.ID] = category.Name
		s.TagCategories = append(s.TagCategories, TagCategory{category.Name, category.Cardinality, sorted(category.AssociableTypes)})
	}
	all, err := manager.GetTags(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	labels := make(map[string]string)
	var ids []string
	for _, tag := range all {
		labels[tag.ID] = names[tag.CategoryID] + ":" + tag.Name
		ids = append(ids, tag.ID)
		s.Tags = append(s.Tags, Tag{names[tag.CategoryID], tag.Name})
	}
	return s.addTagged(ctx, manager, in, ids, labels)
}

// addTagged asks once for all tags what bears them.
func (s *Snapshot) addTagged(ctx context.Context, manager *tags.Manager, in *index, ids []string, labels map[string]string) error {
	attached, err := manager.ListAttachedObjectsOnTags(ctx, ids)
	if err != nil {
		return err
	}
	for _, tag := range attached {
		for _, object := range tag.ObjectIDs {
			if at := object.Reference(); in.known(at) {
				in.tags[at] = append(in.tags[at], labels[tag.TagID])
			}
		}
	}
	for at, labels := range in.tags {
		if at.Type != "VirtualMachine" {
			s.TaggedObjects = append(s.TaggedObjects, TaggedObject{in.path(at), sorted(labels)})
		}
	}
	return nil
}

func (s *Snapshot) addCustomFields(ctx context.Context, c *vim25.Client, in *index) error {
	manager, err := object.GetCustomFieldsManager(c)
	if err != nil {
		return err
	}
	fields, err := manager.Field(ctx)
	if err != nil {
		return err
	}
	for _, field := range fields {
		in.fields[field.Key] = field.Name
		s.CustomAttributes = append(s.CustomAttributes, CustomField{field.Name, field.ManagedObjectType})
	}
	return nil
}

func (s *Snapshot) addAuthorization(ctx context.Context, c *vim25.Client, in *index) error {
	manager := object.NewAuthorizationManager(c)
	roles, err := manager.RoleList(ctx)
	if err != nil {
		return err
	}
	for _, role := range roles {
		if !role.System {
			s.Roles = append(s.Roles, Role{role.Name, sorted(role.Privilege)})
		}
	}
	permissions, err := manager.RetrieveAllPermissions(ctx)
	if err != nil {
		return err
	}
	for _, p := range permissions {
		role := ""
		if known := roles.ById(p.RoleId); known != nil {
			role = known.Name
		}
		s.Permissions = append(s.Permissions, Permission{in.pathOf(p.Entity), p.Principal, role, p.Group, p.Propagate})
	}
	return nil
}

func (s *Snapshot) addLibraries(ctx context.Context, c *rest.Client) error {
	libraries, err := library.NewManager(c).GetLibraries(ctx)
	for _, l := range libraries {
		s.ContentLibraries = append(s.ContentLibraries, ContentLibrary{l.Name, l.Type})
	}
	return err
}

func sorted(values []string) []string {
	out := append([]string{}, values...)
	slices.Sort(out)
	return out
}
