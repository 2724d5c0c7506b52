package fill

import (
	"context"
	"fmt"
	"net/url"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vapi/library"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/vcenter"

	"postazioni/lab/vcenter/internal/inventory"
)

// librarian makes content libraries, on the first cluster and its first
// datastore.
type librarian struct {
	api       *rest.Client
	finder    *find.Finder
	folder    *object.Folder
	pool      *object.ResourcePool
	datastore *object.Datastore
}

// Libraries makes content libraries of VM templates through the API of a
// vCenter that answers already, at an address with the login in it: the
// simulator knows of libraries only while it serves.
func Libraries(ctx context.Context, at *url.URL, inv *inventory.Inventory) error {
	if len(inv.Libraries) == 0 {
		return nil
	}
	client, err := govmomi.NewClient(ctx, at, true)
	if err != nil {
		return err
	}
	defer func() { _ = client.Logout(context.WithoutCancel(ctx)) }()
	l := &librarian{api: rest.NewClient(client.Client), finder: find.NewFinder(client.Client)}
	if err := l.settle(ctx, at, inv); err != nil {
		return err
	}
	for _, wanted := range inv.Libraries {
		if err := l.library(ctx, wanted); err != nil {
			return fmt.Errorf("library %s: %w", wanted.Name, err)
		}
	}
	return nil
}

// settle logs in and finds where the libraries go.
func (l *librarian) settle(ctx context.Context, at *url.URL, inv *inventory.Inventory) error {
	if err := l.api.Login(ctx, at.User); err != nil {
		return err
	}
	dc, err := l.finder.Datacenter(ctx, inv.Datacenter)
	if err != nil {
		return err
	}
	l.finder.SetDatacenter(dc)
	if l.folder, err = l.finder.DefaultFolder(ctx); err != nil {
		return err
	}
	first := inv.Clusters[0]
	if l.datastore, err = l.finder.Datastore(ctx, first.Datastores[0]); err != nil {
		return err
	}
	l.pool, err = l.finder.ResourcePool(ctx, first.Name+"/Resources")
	return err
}

// library makes a library, and a folder of its name for its templates: vCenter
// shows a library's VM templates in the inventory too.
func (l *librarian) library(ctx context.Context, wanted inventory.Library) error {
	id, err := library.NewManager(l.api).CreateLibrary(ctx, library.Library{
		Name:    wanted.Name,
		Type:    "LOCAL",
		Storage: []library.StorageBacking{{DatastoreID: l.datastore.Reference().Value, Type: "DATASTORE"}},
	})
	if err != nil {
		return err
	}
	folder, err := l.folder.CreateFolder(ctx, wanted.Name)
	if err != nil {
		return err
	}
	place := &library.Placement{Folder: folder.Reference().Value, ResourcePool: l.pool.Reference().Value}
	for _, item := range wanted.Items {
		source, err := l.finder.VirtualMachine(ctx, item.Template)
		if err != nil {
			return err
		}
		template := vcenter.Template{Library: id, Name: item.Name, SourceVM: source.Reference().Value, Placement: place}
		if _, err := vcenter.NewManager(l.api).CreateTemplate(ctx, template); err != nil {
			return fmt.Errorf("item %s: %w", item.Name, err)
		}
	}
	return nil
}
