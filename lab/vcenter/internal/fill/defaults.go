package fill

import "github.com/vmware/govmomi/vim25/types"

// toolsVersion is that of VMware Tools 12.3.5 in its guest.
const toolsVersion = 12352

// setDefaults says what vCenter's own form for a new machine sets and the
// simulator leaves empty. The provider compares each of them with its own
// default: an empty one would be a change that restarts an adopted machine,
// and logging, which is on here, is one that does.
func setDefaults(spec *types.VirtualMachineConfigSpec) {
	spec.BootOptions = &types.VirtualMachineBootOptions{
		BootRetryDelay:       10000,
		EfiSecureBootEnabled: types.NewBool(spec.Firmware == string(types.GuestOsDescriptorFirmwareTypeEfi)),
	}
	spec.Flags = &types.VirtualMachineFlagInfo{
		VirtualExecUsage: string(types.VirtualMachineFlagInfoVirtualExecUsageHvAuto),
		VirtualMmuUsage:  string(types.VirtualMachineFlagInfoVirtualMmuUsageAutomatic),
		EnableLogging:    types.NewBool(true),
	}
	spec.Tools = &types.ToolsConfigInfo{
		ToolsVersion:            toolsVersion,
		ToolsUpgradePolicy:      string(types.UpgradePolicyManual),
		AfterPowerOn:            types.NewBool(true),
		AfterResume:             types.NewBool(true),
		BeforeGuestStandby:      types.NewBool(true),
		BeforeGuestShutdown:     types.NewBool(true),
		SyncTimeWithHostAllowed: types.NewBool(true),
	}
}

// usualAccess is a disk that nobody shares or limits.
func usualAccess(disk *types.VirtualDisk) {
	disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo).Sharing = string(types.VirtualDiskSharingSharingNone)
	disk.StorageIOAllocation = &types.StorageIOAllocationInfo{
		Limit:       types.NewInt64(-1),
		Reservation: types.NewInt32(0),
		Shares:      &types.SharesInfo{Level: types.SharesLevelNormal, Shares: 1000},
	}
}
