package vctest

import (
	"errors"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// Done waits for a task that has to succeed, and gives what it made.
func (v *VCenter) Done(task *object.Task, err error) types.ManagedObjectReference {
	v.Helper()
	v.OK(err)
	info, err := task.WaitForResult(v.Ctx)
	v.OK(err)
	ref, _ := info.Result.(types.ManagedObjectReference)
	return ref
}

// Refused waits for a task that has to fail with a fault of the given type.
func Refused[F types.BaseMethodFault](v *VCenter, task *object.Task, err error) {
	v.Helper()
	v.OK(err)
	var fault interface{ Fault() types.BaseMethodFault }
	if err = task.Wait(v.Ctx); !errors.As(err, &fault) {
		v.Fatalf("want a fault, got %v", err)
	}
	if _, ok := fault.Fault().(F); !ok {
		v.Fatalf("want %T, got %T", *new(F), fault.Fault())
	}
}

// Get reads properties of one object.
func Get[T any](v *VCenter, ref types.ManagedObjectReference, paths ...string) T {
	v.Helper()
	var object T
	v.OK(property.DefaultCollector(v.Client.Client).RetrieveOne(v.Ctx, ref, paths, &object))
	return object
}

// Cluster finds a cluster by name.
func (v *VCenter) Cluster(name string) *object.ClusterComputeResource {
	v.Helper()
	cluster, err := v.Find.ClusterComputeResource(v.Ctx, name)
	v.OK(err)
	return cluster
}

// Hosts lists a cluster's hosts.
func (v *VCenter) Hosts(cluster string) []types.ManagedObjectReference {
	v.Helper()
	hosts, err := v.Cluster(cluster).Hosts(v.Ctx)
	v.OK(err)
	var refs []types.ManagedObjectReference
	for _, host := range hosts {
		refs = append(refs, host.Reference())
	}
	return refs
}

// Switch creates a distributed switch that the hosts take part in.
func (v *VCenter) Switch(name string, hosts []types.ManagedObjectReference) *object.DistributedVirtualSwitch {
	v.Helper()
	spec := &types.VMwareDVSConfigSpec{MaxMtu: 9000}
	spec.Name = name
	for _, host := range hosts {
		spec.Host = append(spec.Host, Member(host, types.ConfigSpecOperationAdd, "vmnic2"))
	}
	spec.PvlanConfigSpec = []types.VMwareDVSPvlanConfigSpec{
		Pvlan(110, 110, "promiscuous", types.ConfigSpecOperationAdd),
		Pvlan(110, 111, "isolated", types.ConfigSpecOperationAdd),
	}
	network, err := v.Find.Folder(v.Ctx, "network")
	v.OK(err)
	ref := v.Done(network.CreateDVS(v.Ctx, types.DVSCreateSpec{ConfigSpec: spec}))
	return object.NewDistributedVirtualSwitch(v.Client.Client, ref)
}

// Member is a host's part in a switch.
func Member(host types.ManagedObjectReference, operation types.ConfigSpecOperation, devices ...string) types.DistributedVirtualSwitchHostMemberConfigSpec {
	backing := new(types.DistributedVirtualSwitchHostMemberPnicBacking)
	for _, device := range devices {
		backing.PnicSpec = append(backing.PnicSpec, types.DistributedVirtualSwitchHostMemberPnicSpec{PnicDevice: device})
	}
	return types.DistributedVirtualSwitchHostMemberConfigSpec{Operation: string(operation), Host: host, Backing: backing}
}

// Pvlan is one change of a switch's private VLANs.
func Pvlan(primary, secondary int32, kind string, operation types.ConfigSpecOperation) types.VMwareDVSPvlanConfigSpec {
	return types.VMwareDVSPvlanConfigSpec{
		PvlanEntry: types.VMwareDVSPvlanMapEntry{PrimaryVlanId: primary, SecondaryVlanId: secondary, PvlanType: kind},
		Operation:  string(operation),
	}
}

// Clone makes a machine from the template in a cluster's root pool.
func (v *VCenter) Clone(name, cluster, datastore string, change ...types.BaseVirtualDeviceConfigSpec) *object.VirtualMachine {
	v.Helper()
	template, err := v.Find.VirtualMachine(v.Ctx, "win11")
	v.OK(err)
	folder, err := v.Find.Folder(v.Ctx, "vm")
	v.OK(err)
	pool, err := v.Cluster(cluster).ResourcePool(v.Ctx)
	v.OK(err)
	store, err := v.Find.Datastore(v.Ctx, datastore)
	v.OK(err)
	poolRef, storeRef := pool.Reference(), store.Reference()
	location := types.VirtualMachineRelocateSpec{Pool: &poolRef, Datastore: &storeRef, DeviceChange: change}
	ref := v.Done(template.Clone(v.Ctx, folder, name, types.VirtualMachineCloneSpec{Location: location}))
	return object.NewVirtualMachine(v.Client.Client, ref)
}

// Adapter adds a network adapter on a port group.
func (v *VCenter) Adapter(group object.NetworkReference) types.BaseVirtualDeviceConfigSpec {
	v.Helper()
	backing, err := group.EthernetCardBackingInfo(v.Ctx)
	v.OK(err)
	card, err := object.EthernetCardTypes().CreateEthernetCard("vmxnet3", backing)
	v.OK(err)
	return &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationAdd, Device: card}
}

// SwitchByUUID looks a switch up by its UUID.
func (v *VCenter) SwitchByUUID(uuid string) (*types.ManagedObjectReference, error) {
	res, err := methods.QueryDvsByUuid(v.Ctx, v.Client.Client, &types.QueryDvsByUuid{
		This: *v.Client.ServiceContent.DvSwitchManager, Uuid: uuid,
	})
	if err != nil {
		return nil, err
	}
	return res.Returnval, nil
}

// PortGroupByKey looks a port group up in a switch.
func (v *VCenter) PortGroupByKey(uuid, key string) (*types.ManagedObjectReference, error) {
	res, err := methods.DVSManagerLookupDvPortGroup(v.Ctx, v.Client.Client, &types.DVSManagerLookupDvPortGroup{
		This: *v.Client.ServiceContent.DvSwitchManager, SwitchUuid: uuid, PortgroupKey: key,
	})
	if err != nil {
		return nil, err
	}
	return res.Returnval, nil
}

// Free leaves a datastore so many bytes. There is no call for it.
func (v *VCenter) Free(datastore string, bytes int64) {
	v.Helper()
	store, err := v.Find.Datastore(v.Ctx, datastore)
	v.OK(err)
	v.Server.Free(store.Reference(), bytes)
}
