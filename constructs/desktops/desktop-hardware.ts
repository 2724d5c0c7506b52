import type { VirtualMachineConfig, VirtualMachineDisk } from "@cdktf/provider-vsphere/lib/virtual-machine";
import { LEFT_TO_OTHERS_OF_MACHINES } from "../others-attributes";

const MIB_PER_GIB = 1024;
const BYTES_PER_MIB = 1024 * 1024;
/** Number of disk labels to ignore: more than a hand-made desktop has, and without effect beyond a machine's disks. */
const MOST_DISKS = 4;

const SYSTEM_DISK_LABEL = "disk[0].label";

/** The virtual hardware that every machine of a pool has. */
export interface DesktopHardwareProps {
  /** Firmware, as in the template. */
  readonly firmware: "efi" | "bios";
  /** EFI secure boot; needs EFI firmware. */
  readonly secureBoot: boolean;
  /** A virtual TPM 2.0; needs EFI firmware and a key provider. @default false */
  readonly tpm?: boolean;
  /** Name of vCenter's key provider. @default - there is none */
  readonly keyProvider?: string | undefined;
  /** Virtual CPUs, in one socket: Windows client editions use no more than two sockets. */
  readonly cpus: number;
  /** Memory, in GiB. */
  readonly memoryGib: number;
  /** Reserved memory of each machine, in GiB; at most memoryGib. @default 0 */
  readonly memoryReservationGib?: number;
  /** System disk, in GiB; at least the template's. */
  readonly diskGib: number;
  /** Second disk, in GiB; it starts empty. @default - none */
  readonly dataDiskGib?: number | undefined;
  /** Virtualization-based security, with a virtual IOMMU and nested virtualization; vSphere provider 2.0 or later. @default false */
  readonly vbs?: boolean;
  /**
   * Whether the provider knows virtualization-based security: vSphere provider 2.0 or later. Then a persistent machine keeps
   * what it has of it, also where `vbs` is not asked for: otherwise the provider takes it off with the next change of the
   * machine, and restarts it. @default false
   */
  readonly knowsVbs?: boolean;
  /** Video memory, in MiB. @default - the template's */
  readonly videoMemoryMib?: number | undefined;
  /**
   * Whether disks of existing machines grow to the given sizes. Then the plan of a machine with a larger disk fails, and
   * that of its stack with it. @default false: they keep their size
   */
  readonly growDisks?: boolean;
  /** Minutes that a machine has to shut down where a change restarts it, 1 to 10. @default 3 */
  readonly shutdownMinutes?: number;
  /** Whether a machine that does not shut down in time is powered off; otherwise its change fails. @default true */
  readonly forcePowerOff?: boolean;
  /** Id of the VM storage policy for the machine and all its disks. @default - the datastore's */
  readonly storagePolicyId?: string | undefined;
}

/** The hardware as the provider's arguments, without disks. */
export function hardware(props: DesktopHardwareProps): Partial<VirtualMachineConfig> {
  const { videoMemoryMib, storagePolicyId, shutdownMinutes, forcePowerOff } = props;
  return {
    numCpus: props.cpus,
    numCoresPerSocket: props.cpus,
    memory: props.memoryGib * MIB_PER_GIB,
    memoryReservation: (props.memoryReservationGib ?? 0) * MIB_PER_GIB,
    firmware: props.firmware,
    efiSecureBootEnabled: props.secureBoot,
    ...(shutdownMinutes !== undefined && { shutdownWaitTimeout: shutdownMinutes }),
    ...(forcePowerOff !== undefined && { forcePowerOff }),
    ...(props.tpm === true && { vtpm: { version: "2.0" } }),
    ...(props.vbs === true && { vbsEnabled: true, vvtdEnabled: true, nestedHvEnabled: true }),
    ...(videoMemoryMib !== undefined && { extraConfig: videoMemory(videoMemoryMib) }),
    ...(storagePolicyId !== undefined && { storagePolicyId }),
  };
}

/** The disks, thin-provisioned. */
export function disks(props: DesktopHardwareProps): VirtualMachineDisk[] {
  const { diskGib, dataDiskGib, storagePolicyId } = props;
  const all = { thinProvisioned: true, ...(storagePolicyId !== undefined && { storagePolicyId }) };
  const system = { label: "disk0", size: diskGib, unitNumber: 0, ...all };
  return dataDiskGib === undefined ? [system] : [system, { label: "disk1", size: dataDiskGib, unitNumber: 1, ...all }];
}

/**
 * Attributes of every machine that Terraform ignores once it is there. Most because others change them: what backup
 * products and administrators write, and the sizes of disks, which somebody grew. The provider refuses to plan a smaller
 * disk, and Terraform then plans nothing of the stack (1.26.0 to 2.16.1, `DiffExisting`). How long a clone may take
 * matters to no machine that is there: a change of it replaces none (`CustomizeDiff`), but would update every one, which
 * starts those that a person shut down. The system disk's label, since the provider imports a machine with vCenter's:
 * one that "npm run clones" takes into its state would have its disk swapped for an empty one.
 */
export function ignoredOfEvery({ growDisks = false }: Pick<DesktopHardwareProps, "growDisks">): string[] {
  const all = [...LEFT_TO_OTHERS_OF_MACHINES, "clone[0].timeout", SYSTEM_DISK_LABEL];
  return [...all, ...(growDisks ? [] : ofDisks("size"))].sort();
}

/**
 * Attributes of a persistent machine that Terraform ignores too, so that they stay as its image set them or, for an adopted
 * machine, as they were set by hand. A change inside clone would replace it; with other boot settings or another disk
 * controller its system would not start; without its TPM nothing could decrypt its data; another log setting would
 * restart it. A disk that the provider knows under another label would be swapped for an empty one, and one missing
 * from the configuration would be destroyed (2.15.0): with its label ignored it stays. No version changes a disk from
 * thick to thin: the plan fails (`DiffExisting`). The TPM is on
 * the list only with a key provider, and virtualization-based security only so, where it is asked for, or where the provider
 * is said to know it: vSphere provider 1.26.0 does not know the attributes.
 */
export function ignoredAttributes(props: DesktopHardwareProps): string[] {
  return [
    ...ignoredOfEvery(props).filter((name) => !name.startsWith("clone[") && name !== SYSTEM_DISK_LABEL),
    "clone",
    ...ofDisks("eagerly_scrub"),
    ...ofDisks("label"),
    ...ofDisks("thin_provisioned"),
    "efi_secure_boot_enabled",
    "enable_logging",
    "firmware",
    "guest_id",
    "nested_hv_enabled",
    "network_interface[0].adapter_type",
    "scsi_type",
    ...(props.keyProvider === undefined ? [] : ["vtpm"]),
    ...(keepsVbs(props) ? ["vbs_enabled", "vvtd_enabled"] : []),
  ].sort();
}

function keepsVbs({ keyProvider, vbs = false, knowsVbs = false }: DesktopHardwareProps): boolean {
  return keyProvider !== undefined || vbs || knowsVbs;
}

function ofDisks(attribute: string): string[] {
  return Array.from({ length: MOST_DISKS }, (_, index) => `disk[${String(index)}].${attribute}`);
}

/** Checks the hardware; one sentence for each failure, empty if it is valid. */
export function hardwareFailures(props: DesktopHardwareProps): string[] {
  const { firmware, secureBoot, tpm = false, vbs = false, keyProvider, memoryGib, memoryReservationGib = 0 } = props;
  return [
    ...(secureBoot && firmware !== "efi" ? ["secure boot needs EFI firmware"] : []),
    ...(vbs && firmware !== "efi" ? ["virtualization-based security needs EFI firmware"] : []),
    ...(tpm && firmware !== "efi" ? ["a virtual TPM needs EFI firmware"] : []),
    ...(tpm && keyProvider === undefined ? ["a virtual TPM needs a key provider"] : []),
    ...(memoryReservationGib > memoryGib ? ["more memory is reserved than there is"] : []),
  ];
}

/** The provider has no argument for it. vSphere takes the size in bytes, and only with automatic video memory off. */
function videoMemory(mib: number): Record<string, string> {
  return { "svga.autodetect": "FALSE", "svga.vramSize": String(mib * BYTES_PER_MIB) };
}
