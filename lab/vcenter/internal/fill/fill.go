// Package fill builds a city's existing vCenter inside the simulator.
package fill

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"

	"postazioni/lab/vcenter/internal/inventory"
)

// filler carries what every step needs.
type filler struct {
	model   *simulator.Model
	client  *vim25.Client
	folders *object.DatacenterFolders
	home    string
	joined  []types.ManagedObjectReference // the hosts so far: the next one takes their number
}

// Fill creates the inventory through the simulator's in-process client, which
// speaks no XML: 24 hosts take a fraction of a second. Files of datastores
// live below home, which belongs to the model and goes with it.
func Fill(ctx context.Context, model *simulator.Model, home string, inv *inventory.Inventory) error {
	client, err := vim25.NewClient(ctx, model.Service)
	if err != nil {
		return err
	}
	dc, err := object.NewRootFolder(client).CreateDatacenter(ctx, inv.Datacenter)
	if err != nil {
		return fmt.Errorf("datacenter %s: %w", inv.Datacenter, err)
	}
	folders, err := dc.Folders(ctx)
	if err != nil {
		return err
	}
	f := &filler{model: model, client: client, folders: folders, home: home}
	pools := make(map[string]*object.ResourcePool)
	for _, cluster := range inv.Clusters {
		if pools[cluster.Name], err = f.cluster(ctx, cluster, inv.PhysicalAdapters); err != nil {
			return fmt.Errorf("cluster %s: %w", cluster.Name, err)
		}
	}
	for _, s := range inv.Switches {
		if err := f.distributedSwitch(ctx, s, inv.PhysicalAdapters); err != nil {
			return fmt.Errorf("switch %s: %w", s.Name, err)
		}
	}
	for _, storage := range inv.StorageClusters {
		if err := f.storageCluster(ctx, storage); err != nil {
			return fmt.Errorf("storage cluster %s: %w", storage.Name, err)
		}
	}
	for _, template := range inv.Templates {
		if err := f.template(ctx, template, pools[template.Cluster]); err != nil {
			return fmt.Errorf("template %s: %w", template.Name, err)
		}
	}
	for _, machine := range inv.Machines {
		if err := f.existingMachine(ctx, machine, pools[machine.Cluster]); err != nil {
			return fmt.Errorf("machine %s: %w", machine.Name, err)
		}
	}
	return nil
}

func (f *filler) cluster(ctx context.Context, c inventory.Cluster, adapters []string) (*object.ResourcePool, error) {
	drs := &types.ClusterDrsConfigInfo{Enabled: types.NewBool(true), DefaultVmBehavior: types.DrsBehaviorFullyAutomated}
	cluster, err := f.folders.HostFolder.CreateCluster(ctx, c.Name, types.ClusterConfigSpecEx{DrsConfig: drs})
	if err != nil {
		return nil, err
	}
	for _, name := range c.Hosts {
		if err := f.host(ctx, cluster, name, c, adapters); err != nil {
			return nil, fmt.Errorf("host %s: %w", name, err)
		}
	}
	f.total(cluster.Reference())
	f.roomy(c.Datastores)
	return cluster.ResourcePool(ctx)
}

func (f *filler) host(ctx context.Context, cluster *object.ClusterComputeResource, name string, c inventory.Cluster, adapters []string) error {
	task, err := cluster.AddHost(ctx, types.HostConnectSpec{HostName: name}, true, nil, nil)
	if err != nil {
		return err
	}
	ref, err := result(ctx, task)
	if err != nil {
		return err
	}
	equip(f.model.Map().Get(ref).(*simulator.HostSystem), c, adapters, len(f.joined))
	f.joined = append(f.joined, ref)
	store, err := object.NewHostSystem(f.client, ref).ConfigManager().DatastoreSystem(ctx)
	if err != nil {
		return err
	}
	for _, datastore := range c.Datastores {
		if err := f.datastore(ctx, store, datastore); err != nil {
			return fmt.Errorf("datastore %s: %w", datastore, err)
		}
	}
	return nil
}

// datastore mounts a shared datastore: the simulator takes one name in one
// folder as the same datastore, whichever host mounts it.
func (f *filler) datastore(ctx context.Context, store *object.HostDatastoreSystem, name string) error {
	dir := filepath.Join(f.home, "datastore-"+fmt.Sprintf("%x", name))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	_, err := store.CreateLocalDatastore(ctx, name, dir)
	return err
}

// storageCluster moves datastores into a datastore cluster, all at once: the
// simulator lists them once more at each move.
func (f *filler) storageCluster(ctx context.Context, s inventory.StorageCluster) error {
	pod, err := f.folders.DatastoreFolder.CreateStoragePod(ctx, s.Name)
	if err != nil {
		return err
	}
	var members []types.ManagedObjectReference
	for _, name := range s.Datastores {
		found, err := object.NewSearchIndex(f.client).FindChild(ctx, f.folders.DatastoreFolder, name)
		if err != nil {
			return err
		}
		members = append(members, found.Reference())
	}
	task, err := pod.MoveInto(ctx, members)
	if err != nil {
		return err
	}
	_, err = result(ctx, task)
	return err
}

func result(ctx context.Context, task *object.Task) (types.ManagedObjectReference, error) {
	info, err := task.WaitForResult(ctx)
	if err != nil {
		return types.ManagedObjectReference{}, err
	}
	ref, _ := info.Result.(types.ManagedObjectReference)
	return ref, nil
}
