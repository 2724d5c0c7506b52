package saved

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// page is how many objects are asked for at a time.
const page = 50

// Save writes all of a vCenter into a new folder, as "govc object.save" does,
// and says how many objects it has. What was written before an error stays.
func Save(ctx context.Context, client *vim25.Client, dir string) (int, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return 0, err
	}
	w := &writer{dir: dir}
	if err := w.service(ctx, client); err != nil {
		return w.count, err
	}
	return w.count, w.inventory(ctx, client)
}

type writer struct {
	dir   string
	count int
}

func (w *writer) write(contents []types.ObjectContent) error {
	for _, content := range contents {
		content.MissingSet = nil
		name := fmt.Sprintf("%04d-%s.xml", w.count, content.Obj.Encode())
		if err := encode(filepath.Join(w.dir, name), content); err != nil {
			return err
		}
		w.count++
	}
	return nil
}

// service writes what the vCenter says of itself and the managers of roles
// and custom attributes.
func (w *writer) service(ctx context.Context, client *vim25.Client) error {
	var contents []types.ObjectContent
	pc := property.DefaultCollector(client)
	if err := pc.RetrieveOne(ctx, vim25.ServiceInstance, []string{"content"}, &contents); err != nil {
		return err
	}
	managers := []types.ManagedObjectReference{*client.ServiceContent.AuthorizationManager, *client.ServiceContent.CustomFieldsManager}
	for _, manager := range managers {
		var content []types.ObjectContent
		if err := pc.RetrieveOne(ctx, manager, nil, &content); err != nil {
			return err
		}
		contents = append(contents, content...)
	}
	return w.write(contents)
}

// inventory writes every object of the inventory with all its properties, and
// those of hosts and datastores that stand apart from them.
func (w *writer) inventory(ctx context.Context, client *vim25.Client) error {
	pc := property.DefaultCollector(client)
	all, err := view.NewManager(client).CreateContainerView(ctx, client.ServiceContent.RootFolder, nil, true)
	if err != nil {
		return err
	}
	defer func() { _ = all.Destroy(context.WithoutCancel(ctx)) }()
	var seen mo.ContainerView
	if err := pc.RetrieveOne(ctx, all.Reference(), []string{"view"}, &seen); err != nil {
		return err
	}
	refs := append([]types.ManagedObjectReference{client.ServiceContent.RootFolder}, seen.View...)
	for len(refs) > 0 {
		some := refs[:min(page, len(refs))]
		refs = refs[len(some):]
		var contents []types.ObjectContent
		if err := pc.Retrieve(ctx, some, nil, &contents); err != nil {
			return err
		}
		if err := w.write(contents); err != nil {
			return err
		}
		for _, content := range contents {
			refs = append(refs, apart(content)...)
		}
	}
	return nil
}

func apart(content types.ObjectContent) []types.ManagedObjectReference {
	if browser, ok := valueOf(content, "browser").(types.ManagedObjectReference); ok {
		return []types.ManagedObjectReference{browser}
	}
	if config, ok := valueOf(content, "configManager").(types.HostConfigManager); ok && config.NetworkSystem != nil {
		return []types.ManagedObjectReference{*config.NetworkSystem}
	}
	return nil
}
