package gaps

import (
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	defaultMtu    = 1500
	switchVersion = "8.0.3"
)

type folder struct{ override }

// CreateDVSTask completes a new switch. vCenter gives it four uplinks where
// none are named, an uplink order, an MTU, a version, a network I/O control
// version, private VLANs and its hosts; the simulator keeps few of them and
// joins hosts on a later change only. Creation and read of
// vsphere_distributed_virtual_switch need all of it. A name that is taken is
// told as such, and not as a wrong argument.
func (*folder) CreateDVSTask(ctx *simulator.Context, req *types.CreateDVS_Task) soap.HasFault {
	parent := ctx.Map.Get(req.This).(*simulator.Folder)
	spec := vmwareSpec(req.Spec.ConfigSpec)
	req.Spec.ConfigSpec = spec
	if spec.UplinkPortPolicy == nil {
		spec.UplinkPortPolicy = defaultUplinks()
	}
	spec.DefaultPortConfig = withUplinkOrder(spec.DefaultPortConfig, spec.UplinkPortPolicy)
	req.Spec.ProductInfo = product(req.Spec.ProductInfo)
	if taken := ctx.Map.FindByName(spec.Name, parent.ChildEntity); taken != nil {
		ref := runTask(ctx, parent, "createDVS", func() (types.AnyType, types.BaseMethodFault) {
			return nil, &types.DuplicateName{Name: spec.Name, Object: taken.Reference()}
		})
		return &methods.CreateDVS_TaskBody{Res: &types.CreateDVS_TaskResponse{Returnval: ref}}
	}
	var res soap.HasFault
	ctx.WithLock(parent, func() { res = parent.CreateDVSTask(ctx, req) })
	task := finish(ctx, res.(*methods.CreateDVS_TaskBody).Res.Returnval)
	if succeeded(task) {
		dvs := ctx.Map.Get(task.Info.Result.(types.ManagedObjectReference)).(*simulator.DistributedVirtualSwitch)
		complete(ctx, dvs, spec, req.Spec.ProductInfo)
	}
	return res
}

func complete(ctx *simulator.Context, dvs *simulator.DistributedVirtualSwitch, spec *types.VMwareDVSConfigSpec, info *types.DistributedVirtualSwitchProductSpec) {
	ctx.WithLock(dvs, func() {
		config := dvs.Config.(*types.VMwareDVSConfigInfo)
		// Its own, and not one made of its name, as for a clone.
		dvs.Uuid = uuid.NewString()
		dvs.Summary.Uuid, config.Uuid = dvs.Uuid, dvs.Uuid
		config.ProductInfo = *info
		config.CreateTime = time.Now()
		config.NetworkResourceControlVersion = string(types.DistributedVirtualSwitchNetworkResourceControlVersionVersion3)
		config.MaxMtu = max(config.MaxMtu, defaultMtu)
		markUplinkGroup(ctx, dvs, config)
		applyPrivateVlans(config, spec.PvlanConfigSpec)
		nextVersion(&config.ConfigVersion)
	})
	if len(spec.Host) > 0 {
		changeHosts(ctx, dvs, spec.Host)
	}
}

// markUplinkGroup tells the port group that the switch came with from the ones
// that were made for machines: only vCenter sets the mark.
func markUplinkGroup(ctx *simulator.Context, dvs *simulator.DistributedVirtualSwitch, config *types.VMwareDVSConfigInfo) {
	for _, ref := range dvs.Portgroup {
		if pg, ok := ctx.Map.Get(ref).(*simulator.DistributedVirtualPortgroup); ok {
			pg.Config.Uplink = types.NewBool(true)
			config.UplinkPortgroup = append(config.UplinkPortgroup, ref)
		}
	}
}

func vmwareSpec(given types.BaseDVSConfigSpec) *types.VMwareDVSConfigSpec {
	if spec, ok := given.(*types.VMwareDVSConfigSpec); ok {
		return spec
	}
	return &types.VMwareDVSConfigSpec{DVSConfigSpec: *given.GetDVSConfigSpec()}
}

func product(given *types.DistributedVirtualSwitchProductSpec) *types.DistributedVirtualSwitchProductSpec {
	if given != nil && given.Version != "" {
		return given
	}
	return &types.DistributedVirtualSwitchProductSpec{
		Name: "DVS", Vendor: "VMware, Inc.", Version: switchVersion, ForwardingClass: "etherswitch",
	}
}

func defaultUplinks() *types.DVSNameArrayUplinkPortPolicy {
	return &types.DVSNameArrayUplinkPortPolicy{UplinkPortName: []string{"uplink1", "uplink2", "uplink3", "uplink4"}}
}

// withUplinkOrder fills in the order of uplinks, which vCenter always tells
// and the provider reads without asking whether it is there.
func withUplinkOrder(given types.BaseDVPortSetting, uplinks types.BaseDVSUplinkPortPolicy) *types.VMwareDVSPortSetting {
	setting, ok := given.(*types.VMwareDVSPortSetting)
	if !ok {
		setting = new(types.VMwareDVSPortSetting)
	}
	if setting.UplinkTeamingPolicy == nil {
		setting.UplinkTeamingPolicy = new(types.VmwareUplinkPortTeamingPolicy)
	}
	if setting.UplinkTeamingPolicy.UplinkPortOrder == nil {
		order := new(types.VMwareUplinkPortOrderPolicy)
		if named, ok := uplinks.(*types.DVSNameArrayUplinkPortPolicy); ok {
			order.ActiveUplinkPort = named.UplinkPortName
		}
		setting.UplinkTeamingPolicy.UplinkPortOrder = order
	}
	return setting
}

// nextVersion counts changes of a configuration, as a caller that sends back
// an old version expects to be told from one that sends the current.
func nextVersion(version *string) {
	n, _ := strconv.Atoi(*version)
	*version = strconv.Itoa(n + 1)
}
