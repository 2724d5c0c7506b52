import { distinct, TAGGING, when } from "./privilege";
import type { Privilege } from "./privilege";

/** Features of machines that need privileges, besides those of every clone. */
export interface MachineUse {
  /** Guest customization. */
  readonly customization: boolean;
  /** Custom attributes for a machine's holder. */
  readonly holders: boolean;
  /** DRS rules or groups of machines, or their overrides of HA and DRS: a cluster's settings hold them. */
  readonly clusterRules: boolean;
  /** Settings that exist only in a machine's advanced configuration: guestinfo, video memory. */
  readonly advancedConfig: boolean;
  /** A second disk that can be removed. */
  readonly removableDisk: boolean;
  /** Machines may move to another host, cluster or datastore. */
  readonly moves: boolean;
  /** Machines were created by hand, in another folder. */
  readonly adopted: boolean;
  /** A virtual TPM. */
  readonly tpm: boolean;
}

/** The features that at least one of several uses. */
export function unionOf(uses: readonly MachineUse[]): MachineUse {
  const any = (key: keyof MachineUse): boolean => uses.some((use) => use[key]);
  return {
    customization: any("customization"),
    holders: any("holders"),
    clusterRules: any("clusterRules"),
    advancedConfig: any("advancedConfig"),
    removableDisk: any("removableDisk"),
    moves: any("moves"),
    adopted: any("adopted"),
    tpm: any("tpm"),
  };
}

/** Privileges to create machines from templates, change and destroy them. */
export function machinePrivileges(use: MachineUse): Privilege[] {
  return distinct([...TAGGING, ...CLONE, ...CONFIGURATION, ...RUNNING, ...asked(use)]);
}

const CLONE: readonly Privilege[] = [
  { id: "VirtualMachine.Provisioning.DeployTemplate", why: "Machines from templates; asked of the template." },
  { id: "VirtualMachine.Inventory.CreateFromExisting", why: "Machines; asked of the folder." },
  { id: "VirtualMachine.Config.AddNewDisk", why: "Machines' disks." },
  { id: "Resource.AssignVMToPool", why: "Machines; asked of the resource pool." },
  { id: "Datastore.AllocateSpace", why: "Machines' disks; asked of the datastore." },
  { id: "Network.Assign", why: "Machines' network adapters; asked of the port group." },
  { id: "VirtualMachine.Inventory.Delete", why: "Machines, when they go." },
];

/** The provider sends most settings of a machine with every change. */
const CONFIGURATION: readonly Privilege[] = [
  { id: "VirtualMachine.Config.Annotation", why: "A machine's annotation." },
  { id: "VirtualMachine.Config.CPUCount", why: "A machine's CPUs and cores." },
  { id: "VirtualMachine.Config.Memory", why: "A machine's memory." },
  { id: "VirtualMachine.Config.Resource", why: "A machine's reservations, and its disks' shares." },
  { id: "VirtualMachine.Config.Settings", why: "A machine's guest id, firmware and flags." },
  { id: "VirtualMachine.Config.SwapPlacement", why: "Where a machine swaps, which is sent with the rest." },
  { id: "VirtualMachine.Config.Rename", why: "A machine's name, which is sent with the rest." },
  {
    id: "VirtualMachine.Config.EditDevice",
    why: "Disks that grow; provider 1.26.0 also changes the template's adapter.",
  },
  {
    id: "VirtualMachine.Config.AddRemoveDevice",
    why: "Adapters: provider 2.15.0 puts them in the place of the template's, 1.26.0 adds those that it has not.",
  },
  { id: "VirtualMachine.Config.DiskExtend", why: "Disks larger than the template's, or than before." },
  {
    id: "VirtualMachine.Interact.DeviceConnection",
    why: "The adapter's connection, which provider 1.26.0 sends along.",
  },
  { id: "StorageProfile.View", why: "A machine's storage policy, which is read of every machine." },
];

const RUNNING: readonly Privilege[] = [
  { id: "VirtualMachine.Interact.PowerOn", why: "Machines, once they are made or changed." },
  {
    id: "VirtualMachine.Interact.PowerOff",
    why: "Machines, before they go or what cannot change while they run changes.",
  },
  {
    id: "VirtualMachine.Config.UpgradeVirtualHardware",
    why: "The provider asks for an upgrade of the virtual hardware whenever it starts a machine anew.",
  },
];

function asked(use: MachineUse): Privilege[] {
  return [
    ...when(use.customization, {
      id: "VirtualMachine.Provisioning.Customize",
      why: "Guest customization of a new machine.",
    }),
    ...when(use.holders, { id: "Global.SetCustomField", why: "Who has a machine, as custom attributes." }),
    ...when(use.clusterRules, {
      id: "Host.Inventory.EditCluster",
      why: "DRS rules and groups of machines, or their overrides.",
    }),
    ...when(use.advancedConfig, { id: "VirtualMachine.Config.AdvancedConfig", why: "Guestinfo, or video memory." }),
    ...when(use.removableDisk, { id: "VirtualMachine.Config.RemoveDisk", why: "A data disk, when it is taken out." }),
    ...when(
      use.moves,
      { id: "Resource.ColdMigrate", why: "Machines that go to another cluster or datastore." },
      { id: "Resource.HotMigrate", why: "The same, while they run." },
    ),
    ...when(use.adopted, {
      id: "VirtualMachine.Inventory.Move",
      why: "Machines made by hand, into the pool's folder.",
    }),
    ...when(
      use.tpm,
      { id: "Cryptographer.Encrypt", why: "A virtual TPM, which encrypts the machine's home." },
      { id: "Cryptographer.Clone", why: "Machines from a template that has one, whose home is encrypted." },
    ),
  ];
}
